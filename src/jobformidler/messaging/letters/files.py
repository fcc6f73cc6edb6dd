"""Reading a kept letter."""

import base64
import hashlib

from jobformidler.messaging.models import Letter


def file_of(letter: Letter) -> bytes:
    """The PDF. Raises ValueError when it is not the file that was kept."""
    pdf = base64.b64decode(str(letter.pdf))
    if hashlib.sha256(pdf).hexdigest() != letter.digest:
        raise ValueError("the letter is not what was kept")
    return pdf

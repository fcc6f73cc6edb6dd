"""An employee's picture: put up and taken down by the person alone, since nobody must show a face (JF-01)."""

import datetime as dt
import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from jobformidler.accounts import event_kinds
from jobformidler.accounts.models import Portrait, User
from jobformidler.core.actions import ActionError, action, allow, check
from jobformidler.core.events import record
from jobformidler.core.models import Municipality

SIDE = 288
MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000


def _drawn(data: bytes) -> bytes:
    """The middle of the picture as a small square JPEG, turned as the camera was held. Raises ActionError."""
    check(len(data) <= MOST_BYTES, _("The picture is too large. Choose one under 8 MB."), "image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as found:
                check(found.width * found.height <= MOST_PIXELS, _("The picture has too many pixels."), "image")
                square = ImageOps.fit(ImageOps.exif_transpose(found).convert("RGB"), (SIDE, SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        if isinstance(error, ActionError):
            raise
        raise ActionError({"image": _("Choose a picture as JPEG or PNG.")}) from error
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85)
    return out.getvalue()


@action
def put_portrait(*, user: User, municipality: Municipality, image: bytes, by: User, at: dt.datetime) -> Portrait:
    """Put up one's own picture, or another one instead. Raises ActionError for what is no picture."""
    allow(by == user and by.is_active)
    row, _new = Portrait.objects.update_or_create(user=user, defaults={"image": _drawn(image), "changed_at": at})
    record(event_kinds.PORTRAIT_CHANGED, municipality, by=by, at=at, name=user.name)
    return row


@action
def take_portrait_down(*, user: User, municipality: Municipality, by: User, at: dt.datetime) -> None:
    """Take one's own picture down; initials are drawn instead."""
    allow(by == user and by.is_active)
    deleted, _rows = Portrait.objects.filter(user=user).delete()
    if deleted:
        record(event_kinds.PORTRAIT_CHANGED, municipality, by=by, at=at, name=user.name)

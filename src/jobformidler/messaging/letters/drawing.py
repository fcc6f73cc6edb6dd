"""Drawing a letter as PDF with WeasyPrint, which is imported when the first letter is drawn: it takes seconds."""

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format

from jobformidler.messaging.letters.content import Content


def draw(content: Content, *, template: str = "messaging/letter.html") -> bytes:
    """The PDF of the content. Nothing is fetched from anywhere: a text that names a picture or a page gets none."""
    html = render_to_string(
        template, {"letter": content, "day": date_format(content.day, "j. F Y"), "paragraphs": paragraphs}
    )
    return _printer()(html)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text somebody typed."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


@functools.cache
def _printer() -> Callable[[str], bytes]:
    from weasyprint import CSS, HTML

    def refuse(url: str, *args: Any, **kwargs: Any) -> Any:
        raise ValueError("letters fetch nothing")

    look = CSS(filename=str(Path(__file__).with_name("letter.css")))
    return lambda html: HTML(string=html, url_fetcher=refuse).write_pdf(stylesheets=[look], pdf_variant="pdf/ua-1")

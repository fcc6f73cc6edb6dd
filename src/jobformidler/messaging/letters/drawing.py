"""Drawing a letter as PDF with WeasyPrint, which is imported when the first letter is drawn: it takes seconds."""

import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format

from jobformidler.messaging.letters.content import Content


def draw(content: Content, *, template: str = "messaging/letter.html") -> bytes:
    """The PDF of the content. Nothing is fetched from anywhere: a text that names a picture or a page gets none."""
    return _printer()(_html(content, template)).write_pdf(pdf_variant="pdf/ua-1")


def together(contents: Sequence[Content]) -> bytes:
    """Letters one after the other in one PDF to print, each with its own page numbers."""
    documents = [_printer()(_html(content, "messaging/letter.html")) for content in contents]
    return documents[0].copy([page for document in documents for page in document.pages]).write_pdf()


def _html(content: Content, template: str) -> str:
    return render_to_string(
        template, {"letter": content, "day": date_format(content.day, "j. F Y"), "paragraphs": paragraphs}
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text somebody typed."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


@functools.cache
def _printer() -> Callable[[str], Any]:
    """Lays a page out: HTML text → WeasyPrint's document."""
    from weasyprint import CSS, HTML

    def refuse(url: str, *args: Any, **kwargs: Any) -> Any:
        raise ValueError("letters fetch nothing")

    look = CSS(filename=str(Path(__file__).with_name("letter.css")))
    return lambda html: HTML(string=html, url_fetcher=refuse).render(stylesheets=[look], pdf_variant="pdf/ua-1")

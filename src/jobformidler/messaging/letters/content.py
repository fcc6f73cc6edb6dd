"""What a letter says, without how it looks."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs; a heading may be empty. `rows` is a table of label and value under them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Content:
    """One letter or document. `receiver` are the lines of the address; `draft` prints that it is not sent."""

    title: str
    sender: str
    day: dt.date
    sections: tuple[Section, ...]
    receiver: tuple[str, ...] = ()
    reference: str = ""
    contact: str = ""
    closing: tuple[str, ...] = ()
    draft: bool = False

"""Reads the forms of a page as a browser would send them, so that an attack begins with what the page really offers."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class Field:
    """One control: its value, and the values it offers when it is a choice."""

    name: str
    kind: str
    value: str = ""
    offers: list[str] = field(default_factory=list)
    checked: bool = False


@dataclass
class Form:
    """One form of a page."""

    method: str
    action: str
    enctype: str
    fields: list[Field] = field(default_factory=list)

    def names(self) -> set[str]:
        """The names of its controls."""
        return {one.name for one in self.fields}

    def body(self) -> dict[str, list[str]]:
        """What is sent when nothing is touched: a first offer is chosen where a choice must be made."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind in ("checkbox", "radio"):
                if one.checked:
                    sent.setdefault(one.name, []).append(one.value or "on")
            elif one.kind == "select":
                sent[one.name] = [one.value or next((offer for offer in one.offers if offer), "")]
            elif one.kind not in ("file", "submit", "button"):
                sent[one.name] = [one.value]
        for one in self.fields:
            if one.kind == "radio" and one.name not in sent:
                sent[one.name] = [one.value]
        return sent


class _Reader(HTMLParser):
    def __init__(self, url: str):
        super().__init__()
        self.url, self.forms, self._form, self._select, self._text = url, [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = Form(
                (given.get("method") or "get").lower(),
                urljoin(self.url, given.get("action") or ""),
                given.get("enctype") or "",
            )
            self.forms.append(self._form)
        if self._form is None or "disabled" in given:
            return
        name = given.get("name")
        if tag == "option" and self._select is not None:
            value = given.get("value") or ""
            self._select.offers.append(value)
            if "selected" in given:
                self._select.value = value
        elif not name:
            return
        elif tag == "input" or tag == "button":
            kind = given.get("type") or ("submit" if tag == "button" else "text")
            self._form.fields.append(Field(name, kind, given.get("value") or "", checked="checked" in given))
        elif tag == "select":
            self._select = Field(name, "select")
            self._form.fields.append(self._select)
        elif tag == "textarea":
            self._text = Field(name, "textarea")
            self._form.fields.append(self._text)

    def handle_data(self, data):
        if self._text is not None:
            self._text.value += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text is not None:
            self._text.value = self._text.value.removeprefix("\n")
            self._text = None


def forms_of(url: str, html: str) -> list[Form]:
    """The forms of a page, their addresses made whole."""
    reader = _Reader(url)
    reader.feed(html)
    return reader.forms

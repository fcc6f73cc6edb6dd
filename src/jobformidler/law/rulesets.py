"""Rule sets: dated data in TOML files, read, checked and kept. The law is in the files, the arithmetic in the code.

A file says what the set is called, from when to when it holds, how far it may be trusted, which paragraphs and sources
it rests on, and which parameters it has with their allowed values. A mistake in a file is a `RuleError` that names the
file and the place, never a wrong date.
"""

import datetime as dt
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

T = TypeVar("T")

#: How far a set may be trusted, as files write it.
STATUSES = ("historical", "verify before use", "in force")

#: What happens to cases begun before the set: all follow it from its first day, or old ones stay on the former set.
TRANSITIONS = ("all cases", "new cases")

#: Which code reads a set. A set of another family cannot be evaluated, so it is refused.
FAMILIES = (
    "fleksjob-clocks", "contact-interval", "contact-count", "population-share", "internship-lengths",
    "workplace-ratio", "courses",
)  # fmt: skip

#: The value of one parameter: a word, a whole number, or whole numbers by group.
Value = str | int | Mapping[str, int]


class RuleError(ValueError):
    """A rule set, a parameter or a value that cannot be used; the message is one sentence saying which and why."""


@dataclass(frozen=True)
class Paragraph:
    """One rule of the set: what it says (quoted, in the source's language) and where it stands."""

    id: str
    text: str
    reference: str


@dataclass(frozen=True)
class Parameter:
    """One choice in reading the rule, with what may be chosen and why the default is the default.

    `values` are the allowed words of a choice; numbers lie in [least, most]. `alternatives` are the readings an
    explanation compares with, besides the one used.
    """

    name: str
    default: Value
    meaning: str
    source: str
    unit: str = ""
    paragraph: str = ""
    values: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    alternatives: tuple[str | int, ...] = ()

    def read(self, given: object) -> Value:
        """Return the given value in the parameter's own type, of a table the groups given. Raises RuleError if not allowed."""
        if self.values:
            if str(given) not in self.values:
                raise RuleError(f"{self.name} is one of {', '.join(self.values)}, not {given}.")
            return str(given)
        if isinstance(self.default, Mapping):
            if not isinstance(given, Mapping):
                raise RuleError(f"{self.name} is a table of numbers by group, not {given}.")
            if strange := sorted(set(map(str, given)) - set(self.default)):
                raise RuleError(f"{self.name} has no group {strange[0]}; it has {', '.join(sorted(self.default))}.")
            return MappingProxyType({str(key): self._number(n) for key, n in given.items()})
        return self._number(given)

    def _number(self, given: object) -> int:
        text = str(given)
        plain = isinstance(given, int | str) and not isinstance(given, bool) and text.isascii() and text.isdigit()
        if not plain or not self.least <= int(text) <= self.most:
            raise RuleError(f"{self.name} is a whole number from {self.least} to {self.most}, not {given}.")
        return int(text)


@dataclass(frozen=True)
class Override:
    """What one municipality has decided for itself, from a day, with its reason."""

    municipality: str
    valid_from: dt.date
    reason: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class RuleSet:
    """One dated set of rules. `valid_to` is the last day it holds for anybody but old cases; None while it is open."""

    id: str
    family: str
    title: str
    status: str
    valid_from: dt.date
    valid_to: dt.date | None
    transition: str
    banner: str
    paragraphs: tuple[Paragraph, ...]
    references: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    overrides: tuple[Override, ...] = field(default=())

    def values(
        self,
        given: Mapping[str, object] | None = None,
        *,
        municipality: str = "",
        on: dt.date | None = None,
    ) -> dict[str, Value]:
        """Every parameter's value: the default, the municipality's own decision as of the day `on`, what is given.

        Later ones win. Without a day all of the municipality's decisions count, the latest last. Raises RuleError for
        an unknown parameter or a value not allowed.
        """
        found: dict[str, Value] = {name: parameter.default for name, parameter in self.parameters.items()}
        for override in self.overrides:
            if override.municipality == municipality and (on is None or override.valid_from <= on):
                for name, value in override.values.items():
                    found[name] = self._merged(found[name], value)
        for name, wanted in (given or {}).items():
            if name not in self.parameters:
                known = ", ".join(sorted(self.parameters))
                raise RuleError(f"{self.id} has no parameter {name}; it has {known}.")
            found[name] = self._merged(found[name], self.parameters[name].read(wanted))
        return found

    @staticmethod
    def _merged(before: Value, after: Value) -> Value:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            return MappingProxyType({**before, **after})
        return after

    def paragraph(self, paragraph_id: str) -> Paragraph:
        """The paragraph of that id. Raises RuleError when there is none."""
        for paragraph in self.paragraphs:
            if paragraph.id == paragraph_id:
                return paragraph
        raise RuleError(f"{self.id} has no paragraph {paragraph_id}.")

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in the set's own time."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def whole(values: Mapping[str, Value], name: str) -> int:
    """The value of a parameter that is a whole number. Raises RuleError when the set has no such number."""
    found = values.get(name)
    if not isinstance(found, int):
        raise RuleError(f"There is no whole number {name}.")
    return found


def by_group(values: Mapping[str, Value], name: str) -> Mapping[str, int]:
    """The value of a parameter that is a table by group. Raises RuleError when the set has no such table."""
    found = values.get(name)
    if not isinstance(found, Mapping):
        raise RuleError(f"There is no table {name}.")
    return found


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """All sets the package comes with, by id."""
    folder = resources.files("jobformidler.law") / "rules"
    texts = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".toml")}
    return _together(parse(text, name) for name, text in sorted(texts.items()))


def read_folder(folder: Path) -> Mapping[str, RuleSet]:
    """The sets of a folder of TOML files, by id. Raises RuleError for a file that cannot be used."""
    return _together(parse(file.read_text(encoding="utf-8"), file.name) for file in sorted(folder.glob("*.toml")))


def rule_set(set_id: str) -> RuleSet:
    """The set of that id. Raises RuleError, naming the sets there are."""
    try:
        return rule_sets()[set_id]
    except KeyError:
        raise RuleError(f"There is no rule set {set_id}; there are {', '.join(sorted(rule_sets()))}.") from None


def parse(text: str, name: str) -> RuleSet:
    """One set out of the text of a TOML file called `name`. Raises RuleError that names the file and the place."""
    try:
        return _rule_set(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: {error}") from error
    except RuleError as error:
        raise RuleError(f"{name}: {error}") from error


def _together(sets: Iterable[RuleSet]) -> Mapping[str, RuleSet]:
    found: dict[str, RuleSet] = {}
    for one in sets:
        if one.id in found:
            raise RuleError(f"Two files hold the rule set {one.id}.")
        found[one.id] = one
    return MappingProxyType(found)


class _Table:
    """A table of the file that knows where it stands and notices what nobody asked for."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise RuleError(f"{where} is not a table.")
        self.data: dict[str, Any] = dict(data)
        self.where = where

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return and remove one value of the given type; without a default it must be there."""
        if key not in self.data:
            if default is None:
                raise RuleError(f"{self.where} has no {key}.")
            return default
        value = self.data.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise RuleError(f"{key} of {self.where} is not {_TYPE_NAMES[kind]}.")
        return value

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """Like `take` for a word out of a list."""
        value = self.take(key, str, default)
        if value not in allowed:
            raise RuleError(f"{key} of {self.where} is one of {', '.join(allowed)}, not {value}.")
        return value

    def day(self, key: str, *, optional: bool = False) -> dt.date | None:
        """Like `take` for a date without time."""
        value = self.data.pop(key, None)
        if value is None and optional:
            return None
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise RuleError(f"{key} of {self.where} is not a date.")
        return value

    def done(self) -> None:
        """Raise RuleError for a key nobody knows: a misspelt one must not be silently ignored."""
        if self.data:
            raise RuleError(f"{self.where} has an unknown key {min(self.data)}.")


_TYPE_NAMES: dict[type, str] = {str: "text", int: "a whole number", list: "a list", dict: "a table"}


def _rule_set(data: dict[str, Any]) -> RuleSet:
    top = _Table(data, "The rule set")
    set_id = top.take("id", str)
    family = top.one_of("family", FAMILIES)
    title, banner = top.take("title", str), top.take("banner", str)
    status = top.one_of("status", STATUSES)
    transition = top.one_of("transition", TRANSITIONS, "all cases")
    valid_from, valid_to = top.day("valid_from"), top.day("valid_to", optional=True)
    assert valid_from is not None
    if valid_to is not None and valid_to < valid_from:
        raise RuleError("valid_to of The rule set lies before valid_from.")
    paragraphs = tuple(_paragraph(row, n) for n, row in enumerate(top.take("paragraphs", list), 1))
    references = tuple(top.take("references", list))
    if not paragraphs or not references or not all(isinstance(one, str) for one in references):
        raise RuleError("The rule set needs at least one paragraph and one reference as text.")
    ids = [paragraph.id for paragraph in paragraphs]
    if len(set(ids)) != len(ids):
        raise RuleError("Two paragraphs have the same id.")
    tables = top.take("parameters", dict)
    parameters = {name: _parameter(name, table, ids) for name, table in tables.items()}
    overrides = [_override(row, n, parameters) for n, row in enumerate(top.take("overrides", list, []), 1)]
    top.done()
    return RuleSet(
        id=set_id, family=family, title=title, status=status, valid_from=valid_from, valid_to=valid_to,
        transition=transition, banner=banner, paragraphs=paragraphs, references=references,
        parameters=MappingProxyType(parameters),
        overrides=tuple(sorted(overrides, key=lambda one: one.valid_from)),
    )  # fmt: skip


def _paragraph(data: object, number: int) -> Paragraph:
    table = _Table(data, f"Paragraph {number}")
    found = Paragraph(table.take("id", str), table.take("text", str), table.take("reference", str))
    table.done()
    return found


def _parameter(name: str, data: object, paragraphs: Collection[str]) -> Parameter:
    table = _Table(data, f"Parameter {name}")
    meaning, source = table.take("meaning", str), table.take("source", str)
    unit, paragraph = table.take("unit", str, ""), table.take("paragraph", str, "")
    if paragraph and paragraph not in paragraphs:
        raise RuleError(f"Parameter {name} names a paragraph {paragraph} that the set does not have.")
    values = tuple(map(str, table.take("values", list, [])))
    least, most = table.take("least", int, 0), table.take("most", int, 0)
    if not values and most < least:
        raise RuleError(f"Parameter {name} has no room between least and most.")
    default = table.data.pop("default", None)
    alternatives = table.take("alternatives", list, [])
    table.done()
    groups: Mapping[str, int] | None = None
    if isinstance(default, dict):
        groups = MappingProxyType(dict.fromkeys(default, least))
    frame = Parameter(name, groups if groups is not None else "", meaning, source, unit, paragraph, values, least, most)
    if default is None:
        raise RuleError(f"Parameter {name} has no default.")
    read = [frame.read(other) for other in alternatives]
    return Parameter(
        name, frame.read(default), meaning, source, unit, paragraph, values, least, most,
        tuple(one for one in read if isinstance(one, str | int)),
    )  # fmt: skip


def _override(data: object, number: int, parameters: Mapping[str, Parameter]) -> Override:
    table = _Table(data, f"Override {number}")
    municipality, reason, valid_from = (
        table.take("municipality", str),
        table.take("reason", str),
        table.day("valid_from"),
    )
    assert valid_from is not None
    values: dict[str, Value] = {}
    for name, value in table.take("values", dict).items():
        if name not in parameters:
            raise RuleError(f"Override {number} sets {name}, which the set does not have.")
        values[name] = parameters[name].read(value)
    table.done()
    return Override(municipality, valid_from, reason, MappingProxyType(values))

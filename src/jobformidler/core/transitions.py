"""Transition tables: one table per status drives actions, buttons, documentation and the matrix test."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jobformidler.core.actions import ActionError

Guard = Callable[[Any], str | None]


@dataclass(frozen=True)
class Transition:
    """One verb: from which states, to which, by whom (roles or powers), guards, and whether a reason is needed.

    A guard looks at the row and returns None or the sentence that says what is missing.
    """

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    who: frozenset[str]
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False


@dataclass
class Table:
    """All transitions of one status field. Higher packages add guards with `guard`."""

    model: str
    field: str
    transitions: dict[str, Transition] = dataclasses.field(default_factory=dict)
    _extra: dict[str, list[Guard]] = dataclasses.field(default_factory=dict)

    def add(
        self,
        name: str,
        label: "str | Promise",
        sources: Iterable[str],
        target: str,
        *,
        who: Iterable[str],
        guards: tuple[Guard, ...] = (),
        needs_reason: bool = False,
    ) -> None:
        """Add one verb. Raises ValueError when it is there already."""
        if name in self.transitions:
            raise ValueError(f"{self.model}.{self.field}: {name} is there twice")
        self.transitions[name] = Transition(
            name, label, frozenset(sources), target, frozenset(who), guards, needs_reason
        )

    def guard(self, name: str, guard: Guard) -> None:
        """Register a further guard on a verb from a higher package."""
        self._extra.setdefault(name, []).append(guard)

    def problems(self, name: str, row: Any) -> list[str]:
        """What stands in the way of the verb, as sentences; empty when nothing does."""
        verb = self.transitions[name]
        found = [guard(row) for guard in (*verb.guards, *self._extra.get(name, ()))]
        return [text for text in found if text]

    def open_to(self, row: Any, powers: Iterable[str]) -> list[Transition]:
        """The verbs somebody with these powers may try now: what buttons are drawn from."""
        state, mine = getattr(row, self.field), set(powers)
        return [t for t in self.transitions.values() if state in t.sources and t.who & mine]

    def apply(self, name: str, row: Any, *, powers: Iterable[str], reason: str = "") -> str:
        """Check state, powers, guards and reason, set the new state on the (locked) row and return the old one.

        Raises PermissionDenied for missing powers, ActionError with the sentences otherwise. Does not save.
        """
        verb = self.transitions[name]
        state = getattr(row, self.field)
        if not verb.who & set(powers):
            raise PermissionDenied
        if state not in verb.sources:
            raise ActionError(_("This has already changed. Load the page again."), "state")
        if verb.needs_reason and not reason.strip():
            raise ActionError({"reason": _("Write why, in a few words.")})
        found = self.problems(name, row)
        if found:
            raise ActionError(found)
        setattr(row, self.field, verb.target)
        return state


TABLES: dict[str, Table] = {}


def table(model: str, field_name: str = "status") -> Table:
    """A new table for `app.model`, known to the matrix test and the documentation."""
    TABLES[f"{model}.{field_name}"] = made = Table(model, field_name)
    return made

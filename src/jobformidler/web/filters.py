"""A line of filters whose values live in the address (`components/filters.html`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Filter:
    """One filter: its word, its name in the address, what no choice is called, and the choices (value, words)."""

    label: str
    name: str
    everything: str
    options: Sequence[tuple[str, "str | Promise"]] = ()

    def shown(self, current: str) -> dict[str, Any]:
        """What the component draws."""
        words = dict(self.options)
        return {
            "label": self.label,
            "name": self.name,
            "value": words.get(current, self.everything),
            "options": [
                ("", self.everything, not current),
                *((value, text, value == current) for value, text in self.options),
            ],
        }


def selected(filters: list[Filter], given: Mapping[str, str]) -> dict[str, str]:
    """The chosen value of each filter; an unknown value counts as no choice."""
    return {one.name: value if (value := given.get(one.name, "")) in dict(one.options) else "" for one in filters}

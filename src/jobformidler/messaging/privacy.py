"""Whose names a subject may not hold. The package that knows the citizens says how to find them."""

from collections.abc import Callable, Sequence

_find: list[Callable[[int], Sequence[str]]] = []


def register_names(find: Callable[[int], Sequence[str]]) -> Callable[[int], Sequence[str]]:
    """Decorator: `find(citizen_id)` gives the names of a citizen. Registered once, at start."""
    _find.append(find)
    return find


def names_of(citizen_id: int | None) -> list[str]:
    """All names of the citizen a mail is about; none when it is about nobody."""
    if citizen_id is None:
        return []
    return [name for find in _find for name in find(citizen_id)]

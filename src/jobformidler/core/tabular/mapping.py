"""Which header means which column: exact name, known alias, or a suggestion for the mapping screen."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from jobformidler.core.tabular.spec import Spec

IGNORE = ""  # a saved mapping to this means: leave the column out
CLOSE = 0.75  # similarity from which a header is worth suggesting

# The same Danish letter arrives as æ, ae or in decomposed form, depending on the system that exported it.
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})


@lru_cache(maxsize=4096)
def simplify(text: str) -> str:
    """A header or label without case, spaces, punctuation and accents, Danish letters spelled out."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text)
    return "".join(char for char in text if char.isalnum())


@lru_cache(maxsize=16)
def _names(spec: Spec) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in spec.columns:
        for alias in (*column.aliases, column.label):
            names.setdefault(simplify(alias), column.name)
    for column in spec.columns:  # the canonical name wins over any other column's alias
        names[simplify(column.name)] = column.name
    return names


def known_columns(header: Sequence[str], spec: Spec, mapping: Mapping[str, str] | None = None) -> list[str | None]:
    """Canonical column of each header, None where unknown or set aside. A saved mapping wins over names and aliases."""
    saved = {simplify(name): canonical for name, canonical in (mapping or {}).items()}
    taken = set(saved.values()) & {column.name for column in spec.columns}
    chosen = {saved[simplify(name)] for name in header if simplify(name) in saved} & taken
    found: list[str | None] = []
    for name in header:
        simple = simplify(name)
        if simple in saved:
            found.append(saved[simple] if saved[simple] in taken else None)
            continue
        canonical = _names(spec).get(simple)
        # An alias gives way to a column the user has pointed out for the same thing.
        found.append(None if canonical in chosen else canonical)
    return found


@dataclass(frozen=True)
class Proposal:
    """What a header may mean. `how` tells how sure: by saved mapping, by known name, by likeness, or not at all."""

    header: str
    canonical: str | None
    how: Literal["saved", "known", "close", "unknown"]


def propose(header: Sequence[str], spec: Spec, mapping: Mapping[str, str] | None = None) -> list[Proposal]:
    """One proposal for each header, for the mapping screen. A column is proposed for at most one unknown header."""
    saved = {simplify(name) for name in (mapping or {})}
    known = known_columns(header, spec, mapping)
    free = {column.name for column in spec.columns} - set(known)
    scored = sorted(
        (
            (score, -place, canonical)
            for place, name in enumerate(header)
            if known[place] is None and simplify(name) not in saved
            for canonical, score in _likeness(simplify(name), spec).items()
            if score >= CLOSE and canonical in free
        ),
        reverse=True,
    )
    close: dict[int, str] = {}
    for _score, negative, canonical in scored:
        if -negative not in close and canonical in free:
            close[-negative] = canonical
            free.discard(canonical)
    proposals = []
    for place, name in enumerate(header):
        if simplify(name) in saved:
            proposals.append(Proposal(name, known[place], "saved"))
        elif known[place] is not None:
            proposals.append(Proposal(name, known[place], "known"))
        elif place in close:
            proposals.append(Proposal(name, close[place], "close"))
        else:
            proposals.append(Proposal(name, None, "unknown"))
    return proposals


def _likeness(simple: str, spec: Spec) -> dict[str, float]:
    scores: dict[str, float] = {}
    if not simple:
        return scores
    for alias, canonical in _names(spec).items():
        score = SequenceMatcher(None, simple, alias, autojunk=False).ratio()
        # "borgerens fornavn" holds the whole word; short words such as "by" would be found anywhere.
        if len(alias) >= 5 and alias in simple:
            score = max(score, 0.9)
        scores[canonical] = max(score, scores.get(canonical, 0.0))
    return scores

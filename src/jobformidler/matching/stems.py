"""Simple Danish word matching: enough to see that "skiltekørsel" and "køre skilte" speak of the same thing. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

_STOP = """
af alle alt anden andet andre at da de dem den denne der det dette din dit eller en end er et for fra få gerne gør gøre
har have her hos hun hvor i ikke ind jeg kan kunne lave lidt man med meget mig min mit mod må ned noget nogle nogen når
og også om op os over på samt sammen selv sig sin skal små som store så til ting ud under ved vi vil være været arbejde
arbejdet opgave opgaver job
"""
#: Words that say nothing about a task.
STOP = frozenset(_STOP.split())
#: Endings taken off, longest first; what is left must keep three letters.
ENDINGS = ("elserne", "ernes", "erne", "ende", "else", "ene", "ens", "ets", "ere", "es", "er", "en", "et", "e", "s")
#: A word matches another that begins or ends with it (compounds), when it has at least this many letters.
COMPOUND = 5
_WORD = re.compile(r"[a-zæøåéü]{2,}")


def stem(word: str) -> str:
    """The word without its ending: "varerne" and "varer" give "var"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The stems of the telling words of a text."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in STOP)


def alike(one: str, other: str) -> bool:
    """Whether two stems are the same, or one is a part of the other's compound ("lager" in "linnedlager")."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= COMPOUND and (long.startswith(short) or long.endswith(short))


class Vocabulary:
    """A few phrases to look for in many texts; each new word of the texts is compared once."""

    def __init__(self, phrases: Iterable[str]):
        self.phrases = tuple(phrases)
        self._stems = [(s, i) for i, text in enumerate(self.phrases) for s in stems(text)]
        self._known: dict[str, frozenset[int]] = {}

    def hits(self, words: Iterable[str]) -> frozenset[int]:
        """Indexes of the phrases that share a word with `words` (stems)."""
        found: set[int] = set()
        for word in words:
            known = self._known.get(word)
            if known is None:
                known = self._known[word] = frozenset(i for s, i in self._stems if alike(s, word))
            found |= known
        return frozenset(found)

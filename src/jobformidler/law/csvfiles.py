"""The two files of `jobformidler clocks`: spells and approvals as columns, and what was wrong with which line.

Files are read in blocks, so memory holds the rows that count and never a file. Text is UTF-8, with or without a mark at
the start; a person's identifier is any text that is not empty, and two are the same when their letters are.
"""

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from jobformidler.law import csvrows
from jobformidler.law.columns import Approvals, Spells
from jobformidler.law.csvrows import WANTED, Fault

Array = npt.NDArray[np.int64]

BLOCK = 8 * 1024 * 1024

# A row longer than this has quotes that were never closed.
_LONGEST_ROW = 64 * 1024 * 1024


class FileError(Exception):
    """A file that cannot be read at all; the message is one sentence."""


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: the line it begins on, and why."""

    file: str
    line: int
    reason: str


#: Called with each row that is left out, as the file is read.
Report = Callable[[BadRow], None]


@dataclass(frozen=True)
class People:
    """The people with an approval, numbered as they came: their texts after each other, and the approvals."""

    texts: npt.NDArray[np.uint8]
    begins: Array
    start: Array
    end: Array

    def __len__(self) -> int:
        return len(self.start)

    def name(self, number: int) -> bytes:
        """One person's identifier in UTF-8."""
        return self.texts[self.begins[number] : self.begins[number + 1]].tobytes()

    def names(self) -> list[bytes]:
        """Everybody's identifier in UTF-8, by number."""
        whole, begins = self.texts.tobytes(), self.begins.tolist()
        return [whole[begins[number] : begins[number + 1]] for number in range(len(self))]

    def approvals(self) -> Approvals:
        """Everybody's approval, by identifier as text: the order of UTF-8 bytes is the order of the letters."""
        names = self.names()
        order = np.array(sorted(range(len(names)), key=names.__getitem__), np.int32)
        return Approvals(order, self.start[order].astype(np.int32), self.end[order].astype(np.int32))

    def slots(self) -> npt.NDArray[np.int32]:
        """The table that finds a number by the identifier."""
        slots = _empty_slots(len(self))
        csvrows.fill_slots(slots, self.texts, self.begins, len(self))
        return slots


def read_approvals(path: Path, bad: Report) -> People:
    """Read `person_id,visited_on[,ended_on]`; bad rows are told to `bad` and left out. Raises FileError."""
    texts, begins = np.empty(1024, np.uint8), np.zeros(1, np.int64)
    start, end = np.empty(0, np.int64), np.empty(0, np.int64)
    slots = _empty_slots(0)
    count = 0
    for block in _blocks(path, ("person_id", "visited_on"), ("ended_on",), bad):
        if 2 * (count + block.rows) > len(slots):
            slots = _empty_slots(2 * (count + block.rows))
            csvrows.fill_slots(slots, texts, begins, count)
        room = count + block.rows + (count >> 1)
        texts = _longer(texts, int(begins[count]) + len(block.text))
        begins, start, end = _longer(begins, room + 1), _longer(start, room), _longer(end, room)
        count = csvrows.read_approvals(
            block.text, block.places, block.rows, texts, begins, slots, count, start, end, block.faults
        )
        block.report(bad)
    return People(
        texts[: int(begins[count])].copy(), begins[: count + 1].copy(), start[:count].copy(), end[:count].copy()
    )


def read_spells(path: Path, people: People, bad: Report) -> Spells:
    """Read `person_id,kind,start,end` for the people, in order of person and start. Raises FileError.

    Rows of others are checked and left out; bad rows are told to `bad` and left out.
    """
    slots = people.slots()
    person, packed = np.empty(0, np.int32), np.empty(0, np.int64)
    count = 0
    for block in _blocks(path, ("person_id", "kind", "start", "end"), (), bad):
        if count + block.rows > len(person):
            size = count + block.rows + (count >> 2)
            person.resize(size, refcheck=False)
            packed.resize(size, refcheck=False)
        count += csvrows.read_spells(
            block.text, block.places, block.rows, people.texts, people.begins, slots, person[count:], packed[count:],
            block.faults,
        )  # fmt: skip
        block.report(bad)
    del slots
    person.resize(count, refcheck=False)
    packed.resize(count, refcheck=False)
    offsets = np.zeros(len(people) + 1, np.int64)
    grouped = np.empty(count, np.int64)
    csvrows.group(person, packed, count, offsets, grouped)
    del packed
    kind, start, end = np.empty(count, np.uint8), np.empty(count, np.int32), np.empty(count, np.int32)
    csvrows.unpack(grouped, offsets, person, kind, start, end)
    return Spells(person, kind, start, end)


@dataclass
class _Block:
    """Rows cut out of one block of a file; the kernels write `faults`."""

    file: str
    text: npt.NDArray[np.uint8]
    places: npt.NDArray[np.int32]
    lines: Array
    faults: npt.NDArray[np.uint8]
    rows: int

    def report(self, bad: Report) -> None:
        """Tell the rows with a fault."""
        for row in np.nonzero(self.faults[: self.rows])[0].tolist():
            reason = csvrows.REASONS[Fault(int(self.faults[row]))]
            bad(BadRow(self.file, int(self.lines[row]), reason))


def _blocks(path: Path, needed: Sequence[str], optional: Sequence[str], bad: Report) -> Iterator[_Block]:
    """Cut a file into blocks of rows below its heading; each must be used before the next is asked for."""
    text = np.empty(4 * BLOCK, np.uint8)  # the second half takes what stood in quotes
    room = BLOCK // 16
    places, lines = np.empty((room, 2 * WANTED), np.int32), np.empty(room, np.int64)
    wanted: Array | None = None
    size, line, at_end = 0, 1, False
    with _opened(path) as file:
        for piece in _pieces(file, path):
            at_end = not piece
            if 2 * (size + len(piece)) > len(text):
                text = _longer(text, 2 * len(text))
            text[size : size + len(piece)] = np.frombuffer(piece, np.uint8)
            size += len(piece)
            used = 0
            if wanted is None:
                heading = _heading(text[:size].tobytes(), at_end)
                if heading is None:
                    continue
                wanted = _wanted(heading[0], path, needed, optional)
                used, line = heading[1], 2
            full = True
            while full:
                size -= used
                text[:size] = text[used : used + size].copy()
                rows, used, line, unclosed = csvrows.split(text, size, at_end, wanted, places, lines, line)
                yield _Block(path.name, text, places, lines, np.zeros(room, np.uint8), rows)
                full = rows == room
                if unclosed or size - used > _LONGEST_ROW:
                    bad(BadRow(path.name, line, "the quotes are never closed, so the rest was not read"))
                    return
            size -= used
            text[:size] = text[used : used + size].copy()


def _pieces(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """The file's bytes without a mark at the start, checked to be UTF-8, and an empty piece at the end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = True
    while True:
        try:
            piece = file.read(BLOCK)
            if decoder.getstate()[0] or not piece.isascii() or not piece:
                decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            raise FileError(f"{path} is not UTF-8 text.") from error
        except OSError as error:
            raise FileError(f"{path} cannot be read: {error.strerror}.") from error
        yield piece.removeprefix(codecs.BOM_UTF8) if first else piece
        first = False
        if not piece:
            return


def _heading(start: bytes, at_end: bool) -> tuple[list[str], int] | None:
    """The first line's columns and its length in bytes, or None while its end has not been read."""
    ends = [at for at in (start.find(b"\n"), start.find(b"\r")) if at >= 0]
    if not ends:
        return (_columns(start), len(start)) if at_end else None
    at = min(ends)
    if start[at : at + 1] == b"\r" and at + 1 == len(start) and not at_end:
        return None
    return _columns(start[:at]), at + (2 if start[at : at + 2] == b"\r\n" else 1)


def _columns(line: bytes) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line.decode("utf-8")]), [])]
    except csv.Error:
        return []


def _wanted(columns: Sequence[str], path: Path, needed: Sequence[str], optional: Sequence[str]) -> Array:
    """For each column of the file its place among those asked for, or -1. Raises FileError when one is not there."""
    names = [*needed, *optional]
    if missing := [name for name in needed if name not in columns]:
        raise FileError(f"{path} has no column {missing[0]}; its first line must name {', '.join(needed)}.")
    if double := [name for name in names if columns.count(name) > 1]:
        raise FileError(f"{path} has the column {double[0]} twice.")
    return np.array([names.index(name) if name in names else -1 for name in columns], np.int64)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from error


def _longer(array: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    if size <= len(array):
        return array
    longer = np.zeros(size, array.dtype)
    longer[: len(array)] = array
    return longer


def _empty_slots(names: int) -> npt.NDArray[np.int32]:
    size = 1024
    while size < 2 * names:
        size *= 2
    return np.full(size, -1, np.int32)

"""Rows of comma-separated text, byte by byte, compiled: for files of millions of spells and people.

`split` cuts a block of bytes into rows and remembers where the wanted columns lie; `read_approvals` and `read_spells`
turn them into numbers and say what is wrong with a row. A person's text becomes a number through a hash table. Quotes
are read as Python's csv module reads them; a line ends with LF, CRLF or CR; empty lines are no rows.
"""

from enum import IntEnum

import numpy as np
import numpy.typing as npt
from numba import types

from jobformidler.law.columns import OPEN
from jobformidler.law.compiler import compiled
from jobformidler.law.kinds import KINDS

COMMA, QUOTE, LF, CR = 44, 34, 10, 13

#: How many columns of a file are wanted at most, and so how wide a row of places is (from, to for each).
WANTED = 4


class Fault(IntEnum):
    """What is wrong with a row; the first of these that applies."""

    NONE = 0
    COLUMN_MISSING = 1
    VALUE_MISSING = 2
    UNKNOWN_KIND = 3
    BAD_DATE = 4
    END_BEFORE_START = 5
    SECOND_ROW = 6


#: The reason as a reader of the report sees it.
REASONS = {
    Fault.COLUMN_MISSING: "a column is missing",
    Fault.VALUE_MISSING: "a value is missing",
    Fault.UNKNOWN_KIND: "unknown kind",
    Fault.BAD_DATE: "bad date",
    Fault.END_BEFORE_START: "end before start",
    Fault.SECOND_ROW: "a second row for the same person",
}

#: The end of a spell that goes on, in the 22 bits a packed spell has for it; the last of all days is smaller.
ENDLESS = 2**22 - 1

_MISSING = -1
_bytes = types.Array(types.uint8, 1, "C")
_ints = types.Array(types.int64, 1, "C")
_slots = types.Array(types.int32, 1, "C")
_places = types.Array(types.int32, 2, "C")
_day = types.int64


def _kind_texts() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The names of the kinds after each other, and where each begins; a name's length tells which it may be."""
    texts = [name.encode() for name in sorted(KINDS, key=lambda name: KINDS[name])]
    assert len({len(text) for text in texts}) == len(texts)
    begins = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return np.frombuffer(b"".join(texts), np.uint8).copy(), begins


_KIND_TEXT, _KIND_BEGIN = _kind_texts()
_KIND_COUNT = len(KINDS)


@compiled(types.UniTuple(_day, 4), _bytes, _day, types.boolean, _ints, _places, _ints, _day)
def split(text, size, at_end, wanted, places, lines, line):
    """Cut `text[:size]` into rows; `places[row]` are from and to of each wanted column, -1 if the row lacks it.

    wanted: for each column of the file its place in the row, or -1; further columns are ignored. The room behind `size`
    takes quoted fields without their quotes, so `text` is at least twice as long. Returns (rows, bytes used, line of the
    next byte, 1 if the end of the file came inside quotes). A row that the block cuts off is left for the next one.
    """
    spare = size
    rows = 0
    at = 0
    room = len(lines)
    while at < size and rows < room:
        begin, first_line, kept = at, line, spare
        for k in range(2 * WANTED):
            places[rows, k] = _MISSING
        column = 0
        ended = empty = False
        while not ended:
            quoted = at < size and text[at] == QUOTE
            field_from = field_to = at
            if quoted:
                at += 1
                field_from = spare
                inside = True
                while at < size:
                    byte = text[at]
                    if inside and byte == QUOTE:
                        if at + 1 < size and text[at + 1] == QUOTE:
                            text[spare] = QUOTE
                            spare += 1
                            at += 2
                            continue
                        if at + 1 >= size and not at_end:
                            at = size  # whether a second quote follows stands in the next block
                            break
                        inside = False
                        at += 1
                        continue
                    if not inside and byte in (COMMA, LF, CR):
                        break
                    if byte == LF or (byte == CR and not (at + 1 < size and text[at + 1] == LF)):
                        line += 1
                    text[spare] = byte
                    spare += 1
                    at += 1
                field_to = spare
                if inside and at_end and at >= size:
                    return rows, at, first_line, 1
            else:
                while at < size and text[at] != COMMA and text[at] != LF and text[at] != CR:
                    at += 1
                field_to = at
            if at >= size or (text[at] == CR and at + 1 >= size):
                if not at_end:
                    return rows, begin, first_line, 0  # the row goes on in the next block
                ended = True
            if column < len(wanted) and wanted[column] >= 0:
                places[rows, 2 * wanted[column]] = field_from
                places[rows, 2 * wanted[column] + 1] = field_to
            empty = column == 0 and not quoted and field_from == field_to
            column += 1
            if at < size:
                byte = text[at]
                at += 1
                if byte != COMMA:
                    ended = True
                    line += 1
                    if byte == CR and at < size and text[at] == LF:
                        at += 1
                elif at >= size and at_end:
                    ended = False  # a last, empty field follows
        if empty and column == 1:
            spare = kept
        else:
            lines[rows] = first_line
            rows += 1
    return rows, at, line, 0


@compiled(_day, _bytes, _day, _day)
def day_number(text, begin, stop):
    """`date.toordinal()` of YYYY-MM-DD, or -1 when the text is no such date."""
    if stop - begin != 10 or text[begin + 4] != 45 or text[begin + 7] != 45:
        return -1
    for k in (0, 1, 2, 3, 5, 6, 8, 9):
        if text[begin + k] < 48 or text[begin + k] > 57:
            return -1
    year = (text[begin] - 48) * 1000 + (text[begin + 1] - 48) * 100 + (text[begin + 2] - 48) * 10 + text[begin + 3] - 48
    month = (text[begin + 5] - 48) * 10 + text[begin + 6] - 48
    day = (text[begin + 8] - 48) * 10 + text[begin + 9] - 48
    if year < 1 or month < 1 or month > 12 or day < 1:
        return -1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 31
    if month == 2:
        last = 29 if leap else 28
    elif month == 4 or month == 6 or month == 9 or month == 11:
        last = 30
    if day > last:
        return -1
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400 + (367 * month - 362) // 12 + day
    if month > 2:
        days -= 1 if leap else 2
    return days


@compiled(_day, _bytes, _day, _day)
def kind_code(text, begin, stop):
    """The code of a kind's name, or -1."""
    for code in range(_KIND_COUNT):
        first = _KIND_BEGIN[code]
        if _KIND_BEGIN[code + 1] - first == stop - begin:
            for k in range(stop - begin):
                if text[begin + k] != _KIND_TEXT[first + k]:
                    return -1
            return code
    return -1


@compiled(_day, _bytes, _day, _day)
def hashed(text, begin, stop):
    """A number for a text, spread over 62 bits (FNV-1a, folded)."""
    value = np.uint64(14695981039346656037)
    for k in range(begin, stop):
        value = (value ^ np.uint64(text[k])) * np.uint64(1099511628211)
    return np.int64((value ^ (value >> np.uint64(29))) & np.uint64(0x3FFFFFFFFFFFFFFF))


@compiled(types.boolean, _bytes, _day, _day, _bytes, _day, _day)
def same_text(text, begin, stop, other, first, last):
    """Whether two texts have the same letters."""
    if last - first != stop - begin:
        return False
    for k in range(stop - begin):  # noqa: SIM110 - a generator would be compiled as an object
        if other[first + k] != text[begin + k]:
            return False
    return True


@compiled(_day, _bytes, _day, _day, _bytes, _ints, _slots)
def slot_of(text, begin, stop, names, begins, slots):
    """Where a name stands in the table of slots, or the free slot it would take."""
    mask = len(slots) - 1
    slot = hashed(text, begin, stop) & mask
    while slots[slot] >= 0:
        number = slots[slot]
        if same_text(text, begin, stop, names, begins[number], begins[number + 1]):
            return slot
        slot = (slot + 1) & mask
    return slot


@compiled(_day, _bytes, _places, _day, _bytes, _ints, _slots, _day, _ints, _ints, _bytes)
def read_approvals(text, places, rows, names, begins, slots, count, start, end, faults):
    """Read rows of (person_id, visited_on, ended_on); new names are appended. Returns the number of names afterwards.

    `start` and `end` are by person, `faults` by row. A row with a fault leaves no trace.
    """
    for row in range(rows):
        faults[row] = 0
        if places[row, 0] < 0 or places[row, 2] < 0:
            faults[row] = 1
            continue
        if places[row, 0] == places[row, 1] or places[row, 2] == places[row, 3]:
            faults[row] = 2
            continue
        first, last = day_number(text, places[row, 2], places[row, 3]), np.int64(OPEN)
        if places[row, 4] >= 0 and places[row, 4] < places[row, 5]:
            last = day_number(text, places[row, 4], places[row, 5])
        if first < 0 or last < 0:
            faults[row] = 4
            continue
        if last < first:
            faults[row] = 5
            continue
        slot = slot_of(text, places[row, 0], places[row, 1], names, begins, slots)
        if slots[slot] >= 0:
            faults[row] = 6
            continue
        slots[slot] = count
        stop = begins[count]
        for k in range(places[row, 0], places[row, 1]):
            names[stop] = text[k]
            stop += 1
        start[count] = first
        end[count] = last if last == OPEN else last + 1
        count += 1
        begins[count] = stop
    return count


@compiled(_day, _bytes, _places, _day, _bytes, _ints, _slots, types.Array(types.int32, 1, "C"), _ints, _bytes)
def read_spells(text, places, rows, names, begins, slots, person, packed, faults):
    """Read rows of (person_id, kind, start, end) into `person` and `packed`; returns how many were kept.

    A spell is packed as start, end and kind in one number, so that numbers sort as starts do. Rows of people without a
    number are checked like all others and left out.
    """
    numbers = np.empty(rows, np.int64)
    slot = np.empty(rows, np.int64)
    for row in range(rows):
        slot[row] = 0
        faults[row] = 0
        if places[row, 0] < 0 or places[row, 2] < 0 or places[row, 4] < 0 or places[row, 6] < 0:
            faults[row] = 1
            continue
        if places[row, 0] == places[row, 1] or places[row, 2] == places[row, 3] or places[row, 4] == places[row, 5]:
            faults[row] = 2
            continue
        kind = kind_code(text, places[row, 2], places[row, 3])
        if kind < 0:
            faults[row] = 3
            continue
        first, after = day_number(text, places[row, 4], places[row, 5]), np.int64(ENDLESS)
        if places[row, 6] < places[row, 7]:
            after = day_number(text, places[row, 6], places[row, 7])
            if after >= 0:
                after += 1
        if first < 0 or after < 0:
            faults[row] = 4
            continue
        if after <= first:
            faults[row] = 5
            continue
        numbers[row] = ((first << 22) | after) << 3 | kind
        slot[row] = hashed(text, places[row, 0], places[row, 1])
    # Loops as short as these let the processor wait for many places in memory at once.
    mask = len(slots) - 1
    for row in range(rows):
        slot[row] = slots[slot[row] & mask]
    kept = 0
    for row in range(rows):
        if faults[row]:
            continue
        who = slot[row]
        if who < 0 or not same_text(text, places[row, 0], places[row, 1], names, begins[who], begins[who + 1]):
            who = slots[slot_of(text, places[row, 0], places[row, 1], names, begins, slots)]
        if who >= 0:
            person[kept] = who
            packed[kept] = numbers[row]
            kept += 1
    return kept


@compiled(types.void, _slots, _bytes, _ints, _day)
def fill_slots(slots, names, begins, count):
    """Put `count` different names into an empty table of slots (all -1; a power of two, at least twice as many)."""
    for number in range(count):
        slots[slot_of(names, begins[number], begins[number + 1], names, begins, slots)] = number


@compiled(types.void, types.Array(types.int32, 1, "C"), _ints, _day, _ints, _ints)
def group(person, packed, rows, offsets, grouped):
    """Sort rows by person, then by number, into `grouped`; person p's lie at [offsets[p], offsets[p + 1])."""
    for row in range(rows):
        offsets[person[row] + 1] += 1
    for p in range(1, len(offsets)):
        offsets[p] += offsets[p - 1]
    for row in range(rows):
        p = person[row]
        grouped[offsets[p]] = packed[row]
        offsets[p] += 1
    for p in range(len(offsets) - 1, 0, -1):
        offsets[p] = offsets[p - 1]
    offsets[0] = 0
    for p in range(len(offsets) - 1):
        low, high = offsets[p], offsets[p + 1]
        if high - low > 64:
            grouped[low:high] = np.sort(grouped[low:high])
            continue
        for k in range(low + 1, high):
            value = grouped[k]
            at = k
            while at > low and grouped[at - 1] > value:
                grouped[at] = grouped[at - 1]
                at -= 1
            grouped[at] = value


@compiled(types.void, _ints, _ints, types.Array(types.int32, 1, "C"), _bytes, *[types.Array(types.int32, 1, "C")] * 2)
def unpack(packed, offsets, person, kind, start, end):
    """Columns of spells out of packed numbers."""
    for p in range(len(offsets) - 1):
        for k in range(offsets[p], offsets[p + 1]):
            person[k] = p
            kind[k] = packed[k] & 7
            after = (packed[k] >> 3) & ENDLESS
            start[k] = packed[k] >> 25
            end[k] = OPEN if after == ENDLESS else after

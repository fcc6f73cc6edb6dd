"""Events as comma-separated text, compiled: what the reader's counterpart needs for millions of rows."""

from typing import IO

import numpy as np
import numpy.typing as npt
from numba import types

from jobformidler.law.columns import Approvals, Events
from jobformidler.law.compiler import compiled
from jobformidler.law.csvfiles import People
from jobformidler.law.csvrows import COMMA, CR, LF, QUOTE
from jobformidler.law.kinds import Event

HEADING = ("person_id", "event", "date", "effective_date", "cycle", "counted_days", "window_start", "window_end")

_BUFFER = 4 * 1024 * 1024

# What a row takes at most besides the person's text: an event, four dates, two numbers, commas and the line's end.
_REST = 128

_bytes = types.Array(types.uint8, 1, "C")
_texts = types.Array(types.uint8, 1, "C", readonly=True)
_ints = types.Array(types.int64, 1, "C", readonly=True)
_column = types.Array(types.int32, 1, "C", readonly=True)
_day = types.int64


def _event_texts() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    texts = [event.name.lower().encode() for event in Event]
    return np.frombuffer(b"".join(texts), np.uint8).copy(), np.cumsum([0, *map(len, texts)], dtype=np.int64)


_EVENT_TEXT, _EVENT_BEGIN = _event_texts()


@compiled(_day, _bytes, _day, _day)
def put_number(text, at, number):
    """Write a number of 0 or more, and a comma; returns the next free place."""
    size = 1
    rest = number // 10
    while rest > 0:
        size += 1
        rest //= 10
    for k in range(at + size - 1, at - 1, -1):
        text[k] = 48 + number % 10
        number //= 10
    text[at + size] = COMMA
    return at + size + 1


@compiled(_day, _bytes, _day, _day)
def put_day(text, at, day):
    """Write a day number as YYYY-MM-DD, and a comma; returns the next free place."""
    left = day + 305  # days since 1 March of year 0, so that a leap day ends a year
    era = left // 146097
    left -= era * 146097
    of_era = (left - left // 1460 + left // 36524 - left // 146096) // 365
    of_year = left - (365 * of_era + of_era // 4 - of_era // 100)
    moved = (5 * of_year + 2) // 153
    month = moved + 3 if moved < 10 else moved - 9
    year = of_era + era * 400 + (1 if month <= 2 else 0)
    in_month = of_year - (153 * moved + 2) // 5 + 1
    text[at], text[at + 1] = 48 + year // 1000, 48 + year // 100 % 10
    text[at + 2], text[at + 3], text[at + 4] = 48 + year // 10 % 10, 48 + year % 10, 45
    text[at + 5], text[at + 6], text[at + 7] = 48 + month // 10, 48 + month % 10, 45
    text[at + 8], text[at + 9], text[at + 10] = 48 + in_month // 10, 48 + in_month % 10, COMMA
    return at + 11


@compiled(_day, _bytes, _day, _texts, _day, _day)
def put_text(text, at, source, begin, stop):
    """Write a text, in quotes if it needs them, and a comma; returns the next free place."""
    plain = True
    for k in range(begin, stop):
        byte = source[k]
        if byte in (COMMA, QUOTE, LF, CR):
            plain = False
            break
    if not plain:
        text[at] = QUOTE
        at += 1
    for k in range(begin, stop):
        if source[k] == QUOTE:
            text[at] = QUOTE
            at += 1
        text[at] = source[k]
        at += 1
    if not plain:
        text[at] = QUOTE
        at += 1
    text[at] = COMMA
    return at + 1


@compiled(types.UniTuple(_day, 2), _bytes, _day, _texts, _ints, *[_column] * 2, _texts, *[_column] * 5)
def put_rows(text, first, texts, begins, person, approval, event, date, effective, cycle, counted, window_start):
    """Write rows from `first` on while there is room; returns (the next row, bytes written)."""
    at = 0
    row = first
    while row < len(approval):
        who = person[approval[row]]
        if at + 2 * (begins[who + 1] - begins[who]) + _REST > len(text):
            break
        at = put_text(text, at, texts, begins[who], begins[who + 1])
        for k in range(_EVENT_BEGIN[event[row]], _EVENT_BEGIN[event[row] + 1]):
            text[at] = _EVENT_TEXT[k]
            at += 1
        text[at] = COMMA
        at = put_day(text, at + 1, date[row])
        at = put_day(text, at, effective[row])
        at = put_number(text, at, cycle[row])
        at = put_number(text, at, counted[row])
        at = put_day(text, at, window_start[row])
        at = put_day(text, at, date[row] - 1)
        text[at - 1] = LF
        row += 1
    return row, at


def write_events(file: IO[bytes], events: Events, approvals: Approvals, people: People) -> None:
    """Write the heading and every event, in the events' order, with both days of the window inclusive."""
    file.write(",".join(HEADING).encode() + b"\n")
    longest = int(np.diff(people.begins).max(initial=0))
    text = np.empty(max(_BUFFER, 2 * longest + _REST), np.uint8)
    row = 0
    while row < len(events):
        row, size = put_rows(
            text, row, people.texts, people.begins, approvals.person, events.approval, events.event, events.date,
            events.effective_date, events.cycle, events.counted_days, events.window_start,
        )  # fmt: skip
        file.write(text[:size].data)

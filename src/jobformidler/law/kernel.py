"""The clock itself: one pass over one person's days, compiled. docs/law.md says what it must answer, and why.

A person's spells, sorted by start, become segments of one kind of day (`resolve`). The segments are walked once in time
order, keeping for each set of days (L ledighedsydelse, J unemployed, W work) its current run and its counts since the
cycle began (`person`). No step looks at single days except `spread`, which leaps over those that cannot answer.
Loops that call each other stand in one file: machine code on disk is renewed when its own file changes, not another.
"""

import numpy as np
from numba import types

from jobformidler.law.compiler import DAY, FLAG, INT32, INT64, LINE, OUT, TABLE, UINT8, WORK8, WORK32, compiled
from jobformidler.law.kinds import Basis, Day, Event

# Rows of the table of month lengths.
RIGHT, RIGHT_WINDOW, DUTY, REARM, RIGHT_BACK, REARM_BACK = range(6)

# Places in the array of parameters.
GAP, ROLLING, ACCUMULATED, IMMEDIATE, COUNT_OTHER, LEAST_RIGHT, LEAST_REARM, MOST_RIGHT_BACK, MOST_REARM_BACK = range(9)

_UNEMPLOYED, _LEDIGHEDSYDELSE, _WORK, _MATERNITY = (
    int(Day.UNEMPLOYED), int(Day.LEDIGHEDSYDELSE), int(Day.WORK), int(Day.MATERNITY),
)  # fmt: skip
_DAY_OF_KIND = np.array([_LEDIGHEDSYDELSE, _UNEMPLOYED, _WORK, _WORK, _MATERNITY], np.int64)
_E_DUTY, _E_REARM, _E_RIGHT = int(Event.DUTY), int(Event.REARM), int(Event.RIGHT)
_RUN, _SPREAD, _TOTAL = int(Basis.RUN), int(Basis.SPREAD), int(Basis.ACCUMULATED)
_NEVER = 2**31 - 1


@compiled(DAY, UINT8, INT32, INT32, DAY, DAY, DAY, FLAG, WORK32, WORK32, WORK8)
def resolve(kind, start, end, low, high, limit, count_other, seg_start, seg_end, seg_day):
    """Turn spells [low, high), sorted by start, into segments of days before `limit`; return how many.

    On a day with several kinds maternity beats work beats ledighedsydelse beats unemployed. Neighbours differ in kind or
    do not touch. The arrays need room for twice the spells.
    """
    count = 0
    k = low
    until_u = until_l = until_w = until_m = busy = -1
    now = 0
    while True:
        if busy <= now:
            if k >= high or start[k] >= limit:
                break
            now = start[k]
            if k + 1 >= high or start[k + 1] >= end[k]:  # alone, as most are
                day = _DAY_OF_KIND[kind[k]]
                stop = min(end[k], limit)
                k += 1
                if stop <= now or (day == _UNEMPLOYED and not count_other):
                    continue
                if count > 0 and seg_day[count - 1] == day and seg_end[count - 1] == now:
                    seg_end[count - 1] = stop
                else:
                    seg_start[count] = now
                    seg_end[count] = stop
                    seg_day[count] = day
                    count += 1
                now = stop
                continue
        while k < high and start[k] <= now:
            code = kind[k]
            stop = end[k]
            k += 1
            if code == 0:
                until_l = max(until_l, stop)
            elif code == 4:
                until_m = max(until_m, stop)
            elif code == 1:
                if not count_other:
                    continue
                until_u = max(until_u, stop)
            else:
                until_w = max(until_w, stop)
            busy = max(busy, stop)
        if until_m > now:
            day, stop = _MATERNITY, until_m
        elif until_w > now:
            day, stop = _WORK, until_w
        elif until_l > now:
            day, stop = _LEDIGHEDSYDELSE, until_l
        elif until_u > now:
            day, stop = _UNEMPLOYED, until_u
        else:
            continue
        if k < high and start[k] < stop:
            stop = start[k]
        if stop > limit:
            stop = limit
        if count > 0 and seg_day[count - 1] == day and seg_end[count - 1] == now:
            seg_end[count - 1] = stop
        else:
            seg_start[count] = now
            seg_end[count] = stop
            seg_day[count] = day
            count += 1
        now = stop
        if now >= limit:
            break
    return count


@compiled(types.UniTuple(DAY, 3), WORK32, WORK32, WORK8, DAY, DAY, DAY, DAY, DAY, LINE, LINE, DAY, DAY, DAY)
def spread(seg_start, seg_end, seg_day, at, first, last, since, gap, need, back, base, least, most):
    """Look for the first D in [first, last] where days of segment `at`'s kind are spread over the window before D.

    The window holds as many effective days as `back` says for D, never before `since`. Segment `at` holds all days
    [first - 1, last). Returns (D, first day of the window, days counted), or (-1, 0, 0).
    Within one segment the window's first day only moves forward, so once the window holds a single run it always will.
    least: the fewest days that are ever enough · most: the most effective days a window ever holds. With them days are
    leapt over: each day adds one day at the most, and while days of the same kind drop out at the other end, the window
    holds no more of them than now and the few by which its length may still grow.
    """
    wanted = seg_day[at]
    when = first
    while when <= last:
        remaining = back[when - base]
        top = when
        j = at
        counted = 0
        runs = 1
        other = 0
        earliest = when
        opening = since
        dropping = 0  # days of the set at the window's beginning
        while True:
            begin = max(seg_start[j], since)
            day = seg_day[j]
            if day != _MATERNITY:
                length = top - begin
                if length >= remaining:
                    begin = top - remaining
                    length = remaining
                remaining -= length
                if day == wanted:
                    if other > gap:
                        runs += 1
                    other = 0
                    counted += length
                    earliest = begin
                else:
                    other += length
                if remaining == 0:
                    opening = begin
                    if day == wanted:
                        dropping = length
                    break
            j -= 1
            if begin <= since or j < 0:
                if begin > since:  # days nothing is known about, back to the start of the cycle
                    opening = max(since, begin - remaining)
                break
            top = min(seg_end[j], begin)
            if begin > top:  # days nothing is known about
                if top < since:
                    top = since
                length = begin - top
                if length >= remaining:
                    opening = begin - remaining
                    break
                remaining -= length
                other += length
                if top <= since:
                    break
        if runs < 2:
            return -1, 0, 0
        if counted >= need[earliest - base]:
            return when, opening, counted
        missing = least - counted
        if missing > most - back[when - base]:
            when += missing + dropping
        else:
            when += max(1, missing)
    return -1, 0, 0


@compiled(types.void, OUT, *[DAY] * 8)
def write(out, at, row, event, when, cycle, counted, opening, basis):
    """Put one event into the place `at`."""
    out[0, at] = row
    out[1, at] = event
    out[2, at] = when
    out[3, at] = cycle
    out[4, at] = counted
    out[5, at] = opening
    out[6, at] = basis


@compiled(DAY, DAY, WORK32, WORK32, WORK8, DAY, INT64, TABLE, DAY, DAY, OUT, DAY)
def person(count, seg_start, seg_end, seg_day, since, params, table, base, row, out, at):
    """Walk one person's segments and write what arises after `since` into `out` from `at`; return the next free place.

    Places beyond the end of `out` are counted but not written, so the caller can come again with more room.
    """
    gap, rolling, accumulated, immediate = params[GAP], params[ROLLING], params[ACCUMULATED], params[IMMEDIATE]
    least_right, least_rearm = params[LEAST_RIGHT], params[LEAST_REARM]
    room = out.shape[1]
    cycle = 1
    has_right = has_duty = False
    wants_l = True  # the first right may still arise
    deadline = since + table[RIGHT_WINDOW, since - base]  # maternity days move it
    # For each set: the run's first day, the end of its last day counted in effective days, its days since the cycle began,
    # whether the cycle has met it; then how many runs the cycle has met, all its days, the first of them.
    paused = 0  # maternity so far; a day less it is the day in effective days
    l_run = j_run = w_run = -1
    l_until = j_until = w_until = w_before = -_NEVER  # w_before: of the run before the current one
    l_days = j_days = w_days = 0
    l_met = w_met = False
    l_runs = w_runs = 0
    l_all = j_all = w_all = 0
    l_first = j_first = -1
    for i in range(count):
        begin, stop, day = seg_start[i], seg_end[i], seg_day[i]
        if day == _MATERNITY:
            paused += stop - begin
            if stop > since:
                deadline += stop - max(begin, since)
            continue
        if day == _WORK:
            if begin - paused - w_until > gap:
                w_run = begin
                w_before = w_until
                w_days = 0
                w_met = False
            w_until = stop - paused
            begin = max(begin, since)
            while begin < stop:
                if not w_met:
                    w_met = True
                    w_runs += 1
                opening = max(w_run, since)
                when = begin + table[REARM, opening - base] - w_days
                counted = table[REARM, opening - base]
                basis = _RUN
                soonest = begin + max(1, least_rearm - w_all)  # before it the cycle has not enough days in all
                near = soonest - paused - w_before < params[MOST_REARM_BACK]  # the window still holds another run
                if near and w_runs > 1 and soonest <= stop and soonest < when:
                    found, window, days = spread(
                        seg_start, seg_end, seg_day, i, soonest, min(stop, when - 1), since, gap,
                        table[REARM], table[REARM_BACK], base, least_rearm, params[MOST_REARM_BACK],
                    )  # fmt: skip
                    if found >= 0:
                        when, opening, counted, basis = found, window, days, _SPREAD
                if when > stop:
                    w_days += stop - begin
                    w_all += stop - begin
                    break
                if at < room:
                    write(out, at, row, _E_REARM, when, cycle, counted, opening, basis)
                at += 1
                since = begin = when
                cycle += 1
                has_right = has_duty = wants_l = w_met = False
                j_days = w_days = j_all = w_all = w_runs = 0
                j_first = -1
            continue

        # Unemployed: J, and with ledighedsydelse also L.
        is_l = day == _LEDIGHEDSYDELSE
        if begin - paused - j_until > gap:
            j_run = begin
            j_days = 0
        j_until = stop - paused
        if is_l and wants_l:
            if begin - paused - l_until > gap:
                l_run = begin
                l_days = 0
                l_met = False
            l_until = stop - paused
        begin = max(begin, since)
        if begin >= stop or (has_duty and (has_right or (cycle == 1 and not wants_l))):
            continue
        length = stop - begin
        if j_first < 0:
            j_first = begin

        duty = _NEVER
        duty_opening = duty_counted = 0
        duty_basis = _RUN
        if not has_duty:
            if immediate and cycle > 1:
                duty_opening = max(j_run, since)
                duty_counted = 1
                duty = begin + 1
            elif accumulated:
                duty_opening = since
                duty_counted = table[DUTY, j_first - base]
                duty = begin + duty_counted - j_all
                duty_basis = _TOTAL
            else:
                duty_opening = max(j_run, since)
                duty_counted = table[DUTY, duty_opening - base]
                duty = begin + duty_counted - j_days

        right = _NEVER
        right_opening = right_counted = 0
        right_basis = _RUN
        if not has_right:
            if cycle > 1:
                right_opening = max(j_run, since)
                right_counted = table[RIGHT, right_opening - base]
                right = begin + right_counted - j_days
            elif is_l and wants_l:
                right_opening = max(l_run, since)
                right_counted = table[RIGHT, right_opening - base]
                right = begin + right_counted - l_days
                if not l_met:
                    l_met = True
                    l_runs += 1
                if l_first < 0:
                    l_first = begin
                soonest = begin + max(1, least_right - l_all)
                if l_runs > 1 and soonest <= stop and soonest < right:
                    if rolling:
                        found, window, days = spread(
                            seg_start, seg_end, seg_day, i, soonest, min(stop, right - 1), since, gap,
                            table[RIGHT], table[RIGHT_BACK], base, least_right, params[MOST_RIGHT_BACK],
                        )  # fmt: skip
                        if found >= 0:
                            right, right_opening, right_counted, right_basis = found, window, days, _SPREAD
                    else:
                        found = begin + max(1, table[RIGHT, l_first - base] - l_all)
                        if found < right:
                            right, right_opening, right_basis = found, since, _SPREAD
                            right_counted = l_all + found - begin
                if not rolling and right > deadline:
                    right = _NEVER
                    wants_l = deadline > stop

        if duty <= stop and duty <= right:
            if at < room:
                write(out, at, row, _E_DUTY, duty, cycle, duty_counted, duty_opening, duty_basis)
            at += 1
            has_duty = True
        if right <= stop:
            if at < room:
                write(out, at, row, _E_RIGHT, right, cycle, right_counted, right_opening, right_basis)
            at += 1
            has_right = True
            wants_l = False
        if duty <= stop and not has_duty:
            if at < room:
                write(out, at, row, _E_DUTY, duty, cycle, duty_counted, duty_opening, duty_basis)
            at += 1
            has_duty = True
        j_days += length
        j_all += length
        if is_l:
            l_days += length
            l_all += length
    return at


@compiled(
    DAY,
    INT64,
    UINT8,
    INT32,
    INT32,
    INT32,
    INT32,
    INT32,
    DAY,
    DAY,
    DAY,
    INT64,
    TABLE,
    DAY,
    WORK32,
    WORK32,
    WORK8,
    OUT,
)
def people(
    offsets, kind, start, end, approval_person, approval_start, approval_end, first, last, horizon,
    params, table, base, seg_start, seg_end, seg_day, out,
):  # fmt: skip
    """Answer approvals [first, last) into `out` (7 rows: approval, event, date, cycle, counted, window start, basis).

    Spells of person p lie at [offsets[p], offsets[p + 1]), sorted by start. Returns how many events there are; when that
    is more than `out` has room for, the rest was not written.
    """
    at = 0
    for row in range(first, last):
        since = approval_start[row]
        limit = min(horizon, approval_end[row] - 1)  # the last day on which something may arise
        if since >= limit:
            continue
        who = approval_person[row]
        count = resolve(
            kind, start, end, offsets[who], offsets[who + 1], limit, params[COUNT_OTHER], seg_start, seg_end, seg_day
        )
        at = person(count, seg_start, seg_end, seg_day, since, params, table, base, row, out, at)
    return at

"""The words of the clock: kinds of spells, kinds of days, kinds of events. Codes are what the columns hold."""

from enum import IntEnum


class Kind(IntEnum):
    """What a register says about a period. Paid hours beside a benefit, internship and wage subsidy are none of these."""

    LEDIGHEDSYDELSE = 0
    UNEMPLOYED = 1  # approved to fleksjob and unemployed on another benefit
    FLEKSJOB = 2
    ORDINARY_JOB = 3
    MATERNITY = 4


class Day(IntEnum):
    """What one day counts as once overlapping spells are resolved; the higher code wins the day."""

    NONE = 0
    UNEMPLOYED = 1
    LEDIGHEDSYDELSE = 2
    WORK = 3  # fleksjob or ordinary job: work that replaces the benefit
    MATERNITY = 4


class Event(IntEnum):
    """What may arise on a day. The codes stand in the order of the names as text."""

    DUTY = 0
    REARM = 1
    RIGHT = 2


class Basis(IntEnum):
    """How an event's days were counted."""

    RUN = 0  # reached in one run; the window begins where the run does, not before the cycle
    SPREAD = 1  # over several runs inside a window
    ACCUMULATED = 2  # all days since the cycle began


#: kind as files and registers write it → Kind
KINDS = {kind.name.lower(): kind for kind in Kind}

#: event as files write it → Event
EVENTS = {event.name.lower(): event for event in Event}

"""`jobformidler clocks`: right, duty and re-arm of a file of people, without a database.

Exit codes: 0 all rows used, 1 done but rows were bad and left out, 2 nothing done.
"""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jobformidler.config.errors import LaunchError

if TYPE_CHECKING:
    from jobformidler.law.csvfiles import BadRow

_EPILOG = """\
SPELLS has the columns person_id,kind,start,end; VISITATIONS has person_id,visited_on and perhaps ended_on. Days are
YYYY-MM-DD and inclusive, an empty end means that the period goes on. Kinds: ledighedsydelse, unemployed, fleksjob,
ordinary_job, maternity. Files are UTF-8 with commas, rows in any order.

OUT gets person_id,event,date,effective_date,cycle,counted_days,window_start,window_end, by person_id as text, date and
event (right, duty, rearm). With --explain a file beside it, named OUT.explain.jsonl, says for each person which days
were counted, paused and left out, how far the clocks have come on the horizon, and where other readings give other dates.

Bad rows are reported on standard error with file, line and reason, and left out.
Exit codes: 0 all rows used, 1 done but rows were bad and left out, 2 nothing done.
"""


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    found = argparse.ArgumentParser(
        prog="jobformidler clocks",
        description="Compute when right, duty and re-arm arise by a dated rule set, for one person or a million.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument(
        "--spells", type=Path, required=True, metavar="F.csv", help="periods of benefit, work and maternity"
    )
    found.add_argument("--visitations", type=Path, required=True, metavar="V.csv", help="approvals to fleksjob")
    found.add_argument(
        "--horizon", type=_day, required=True, metavar="YYYY-MM-DD", help="the last day that is answered"
    )
    found.add_argument("--rules", default="fleksjob-2007", metavar="ID", help="rule set (default fleksjob-2007)")
    found.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="settings",
        help="another reading, e.g. window=rolling",
    )
    found.add_argument("--out", type=Path, required=True, metavar="OUT.csv", help="where the answer is written")
    found.add_argument("--explain", action="store_true", help="write OUT.explain.jsonl as well")
    found.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    return found


def main(words: Sequence[str]) -> int:
    """Run the command. Raises LaunchError when nothing can be done."""
    options = parser().parse_args(words)
    from jobformidler.law import ClockRules, RuleError, compute, csvfiles, csvout, rule_set  # loads the compiler

    try:
        chosen = dict(_setting(text) for text in options.settings)
        rules = ClockRules.of(rule_set(options.rules), chosen)
    except RuleError as error:
        raise LaunchError(str(error)) from error
    out = _writable(options)
    bad = _BadRows(keep=options.json)
    try:
        people = csvfiles.read_approvals(options.visitations, bad)
        approvals = people.approvals()
        spells = csvfiles.read_spells(options.spells, people, bad)
    except csvfiles.FileError as error:
        raise LaunchError(str(error)) from error
    events = compute(spells, approvals, rules, options.horizon, threads=0)
    written: list[Path] = [out]
    with _replacing(out) as file:
        csvout.write_events(file, events, approvals, people)
    if options.explain:
        written.append(out.with_name(f"{out.name}.explain.jsonl"))
        with _replacing(written[1]) as file:
            for line in _explanations(spells, approvals, people, rules, options.horizon):
                file.write(line)
    _summary(options.json, rules=rules, people=len(people), spells=len(spells), events=events, bad=bad, written=written)
    return 1 if bad.count else 0


class _BadRows:
    """Tells each bad row on standard error; keeps them only for those who asked for one JSON object."""

    def __init__(self, *, keep: bool) -> None:
        self.count = 0
        self.kept: list[dict[str, object]] | None = [] if keep else None

    def __call__(self, row: "BadRow") -> None:
        self.count += 1
        print(f"{row.file}, line {row.line}: {row.reason}", file=sys.stderr)
        if self.kept is not None:
            self.kept.append({"file": row.file, "line": row.line, "reason": row.reason})


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text} is not a day as YYYY-MM-DD")
    return day


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise LaunchError(f"--set takes NAME=VALUE, not {text}.")
    return name, value


def _writable(options: argparse.Namespace) -> Path:
    """The real place of the answer. Raises LaunchError when it cannot be written there."""
    out = Path(os.path.realpath(options.out))
    if out.exists() and not out.is_file():
        raise LaunchError(f"{options.out} is not a file.")
    if not out.parent.is_dir():
        raise LaunchError(f"There is no folder {out.parent}.")
    if out in (Path(os.path.realpath(options.spells)), Path(os.path.realpath(options.visitations))):
        raise LaunchError(f"{options.out} is read; write the answer to another file.")
    return out


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place once it is complete; nobody ever sees half of it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("xb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise LaunchError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _explanations(spells: Any, approvals: Any, people: Any, rules: Any, horizon: dt.date) -> Iterator[bytes]:
    """One JSON object a person, in the order of the answer."""
    import numpy as np

    from jobformidler.law import OPEN, Approval, Kind, Spell, explain

    def date(day: int) -> dt.date | None:
        return None if day == OPEN else dt.date.fromordinal(day - 1)  # columns hold the day after

    for row, number in enumerate(approvals.person.tolist()):
        low, high = np.searchsorted(spells.person, (number, number + 1))
        mine = [
            Spell(Kind(int(spells.kind[k])), dt.date.fromordinal(int(spells.start[k])), date(int(spells.end[k])))
            for k in range(low, high)
        ]
        approval = Approval(dt.date.fromordinal(int(approvals.start[row])), date(int(approvals.end[row])))
        found = explain(mine, approval, rules, day=horizon, horizon=horizon)
        yield (
            json.dumps({"person_id": people.name(number).decode(), **_as_data(found)}, ensure_ascii=False).encode()
            + b"\n"
        )


def _as_data(explanation: Any) -> dict[str, Any]:
    from jobformidler.law.csvout import HEADING

    def days(parts: Sequence[Any]) -> list[dict[str, str]]:
        return [{"start": p.start.isoformat(), "end": p.last.isoformat(), "day": p.day.name.lower()} for p in parts]

    def plain(value: object) -> object:
        if isinstance(value, dt.date):
            return value.isoformat()
        return value.name.lower() if hasattr(value, "name") else value

    def fields(row: Any, names: Sequence[str]) -> dict[str, object]:
        return {name: plain(getattr(row, name)) for name in names}

    return {
        "rules": explanation.rules.rule_set,
        "events": [
            {
                **fields(one.event, (*HEADING[1:], "basis")),
                "paragraph": one.paragraph,
                "counted": days(one.counted),
                "paused": days(one.paused),
                "left_out": days(one.excluded),
            }
            for one in explanation.events
        ],
        "progress": [fields(one, one.__dataclass_fields__) for one in explanation.progress],
        "other_readings": [fields(one, one.__dataclass_fields__) for one in explanation.alternatives],
    }


def _summary(
    as_json: bool, *, rules: Any, people: int, spells: int, events: Any, bad: _BadRows, written: list[Path]
) -> None:
    import numpy as np

    from jobformidler.law import Event, rule_set

    counts = np.bincount(events.event, minlength=len(Event)).tolist()
    by_event = {event.name.lower(): counts[event] for event in reversed(Event)}
    found = rule_set(rules.rule_set)
    if as_json:
        told = {
            "rules": rules.rule_set, "status": found.status, "people": people, "spells": spells, "events": by_event,
            "written": [str(path) for path in written],
            "bad_rows": bad.kept,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return
    print(found.banner)
    told_events = ", ".join(f"{number} {name}" for name, number in by_event.items())
    print(f"{people} people with an approval, {spells} periods of theirs, {len(events)} events ({told_events}).")
    if bad.count:
        print(f"{bad.count} bad rows were left out.")
    print(f"Written: {', '.join(map(str, written))}")

"""From what a form sends to the canonical value the agreement keeps. Raises ActionError on the field."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.core.actions import ActionError, check
from jobformidler.placements import words
from jobformidler.placements.agreement import FIELDS, STEP_PARTS, Field

LONGEST = 2000


def clean(key: str, value: Any) -> Any:
    """The canonical value of the field. Accepts forms' texts as well as dates, numbers and lists.

    Raises ActionError (on the field) for a value that cannot stand in the agreement or a field nobody edits.
    """
    field = FIELDS.get(key)
    if field is None or field.editor == "fixed":
        raise ActionError(_("This cannot be changed here."))
    return _CLEANERS[field.editor](field, value)


def _text(field: Field, value: Any) -> str:
    text = " ".join(str(value or "").split(" ")).strip()
    check(len(text) <= LONGEST, _("The text is too long."), field.key)
    return text


def _choice(field: Field, value: Any) -> str:
    code = str(value or "")
    check(code == "" or code in (field.choices or {}), _("Choose one of the possibilities."), field.key)
    return code


def _date(field: Field, value: Any) -> str | None:
    if value in (None, ""):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(str(value).strip(), pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ActionError({field.key: _("Write the date as 30-11-2026.")})


def _hours(field: Field, value: Any) -> str | None:
    if value in (None, ""):
        return None
    number = words.number(value)
    if number is None or not 0 <= number <= 37:
        raise ActionError({field.key: _("Hours must be between 0 and 37 a week.")})
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _number(field: Field, value: Any) -> int | None:
    if value in (None, ""):
        return None
    number = words.number(value)
    if number is None or number != int(number) or not 1 <= number <= 90:
        raise ActionError({field.key: _("Choose between 1 and 90 days.")})
    return int(number)


def _yes_no(field: Field, value: Any) -> bool:
    return value in (True, "true", "on", "1", 1)


def _loaded(field: Field, value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except ValueError as error:
            raise ActionError({field.key: _("Fill in the rows again.")}) from error
    return value


def _list(field: Field, value: Any) -> list[str]:
    rows = _loaded(field, value)
    rows = rows.splitlines() if isinstance(rows, str) else list(rows or [])
    return [text for text in (_text(field, row) for row in rows) if text]


def _time(field: Field, value: Any) -> str:
    text = str(value).strip().replace(".", ":")
    try:
        return dt.time.fromisoformat(text if ":" in text else f"{int(text):02d}:00").strftime("%H:%M")
    except ValueError:
        pass
    try:
        return dt.time.fromisoformat(text.zfill(5)).strftime("%H:%M")
    except ValueError as error:
        raise ActionError({field.key: _("Write the time as 9.30.")}) from error


def _days(field: Field, value: Any) -> list[dict[str, Any]]:
    rows = []
    for row in _loaded(field, value) or []:
        weekday = int(row["day"])
        begin, end = _time(field, row["from"]), _time(field, row["to"])
        check(0 <= weekday <= 6 and begin < end, _("The working day must end after it begins."), field.key)
        rows.append({"day": weekday, "from": begin, "to": end})
    check(len({row["day"] for row in rows}) == len(rows), _("Each day stands once."), field.key)
    return sorted(rows, key=lambda row: row["day"])


def _steps(field: Field, value: Any) -> list[dict[str, Any]]:
    """Rows of the conversion plan; empty rows are left out, hours must grow from row to row."""
    rows = []
    for row in _loaded(field, value) or []:
        if not any(row.get(part) for part in STEP_PARTS):
            continue
        check(len(str(row.get("task") or "")) <= 160, _("The text is too long."), field.key)
        check(len(str(row.get("mastered_when") or "")) <= 160, _("The text is too long."), field.key)
        rows.append(
            {
                "task": _text(field, row.get("task")),
                "mastered_when": _text(field, row.get("mastered_when")),
                "paid_hours": _hours(field, row.get("paid_hours")),
                "planned_on": _date(field, row.get("planned_on")),
            }
        )
    known = [Decimal(row["paid_hours"]) for row in rows if row["paid_hours"] is not None]
    growing = all(a < b for a, b in pairwise(known))
    check(growing, _("Each step has more paid hours than the one before."), field.key)
    return rows


def _contact(field: Field, value: Any) -> Any:
    """A contact person as {"id", "name", "title"}; the action turns a number or a name into one."""
    if value in (None, "", {}):
        return None
    if isinstance(value, Mapping):
        return {part: value.get(part) for part in ("id", "name", "title")}
    raise ActionError({field.key: _("Choose a person at the workplace, or write a name.")})


_CLEANERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "choice": _choice,
    "date": _date,
    "hours": _hours,
    "number": _number,
    "yes_no": _yes_no,
    "list": _list,
    "days": _days,
    "steps": _steps,
    "contact": _contact,
}

"""Danish civil registration numbers (CPR): one text at a time for forms, whole columns for files.

The rules are those of the CPR office: ddmmyy, then four digits whose first one tells the century. Modulus 11 is not
checked, since numbers after 2007 need not satisfy it. Replacement numbers (erstatnings-CPR) add 60 to the day and are
valid. A number that a spreadsheet turned into a figure has lost a leading zero; nine digits are therefore read as ten
when that gives a possible date, and refused otherwise.
"""

import re
from datetime import date

import polars as pl

from jobformidler.core.tabular.reasons import Reason, sentence

SHAPE = r"^(?:[0-9]{6}[- ]?[0-9]{4}|[0-9]{9})$"
_SHAPE = re.compile(SHAPE[1:-1])
REPLACEMENT_DAY = 60


class CprError(ValueError):
    """Not a possible CPR number. `reason` is a code of `Reason`; the message is Danish and repeats no digits."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(sentence(reason))
        self.reason = reason


def normalise_cpr(text: str) -> str:
    """The ten digits of a CPR number typed as `ddmmyy-xxxx`, `ddmmyy xxxx`, ten digits, or nine (lost leading zero).

    Raises CprError with `bad_cpr` (not that many digits) or `impossible_cpr_date`.
    """
    text = text.strip()
    if not _SHAPE.fullmatch(text):
        raise CprError(Reason.BAD_CPR)
    cpr = text.replace("-", "").replace(" ", "").zfill(10)
    birth_date(cpr)
    return cpr


def birth_date(cpr: str) -> date:
    """The date of birth a normalised CPR number states; of a replacement number the date it imitates.

    Raises CprError with `impossible_cpr_date` where no such day exists.
    """
    day, month, year, seventh = int(cpr[:2]), int(cpr[2:4]), int(cpr[4:6]), int(cpr[6])
    if day > REPLACEMENT_DAY:
        day -= REPLACEMENT_DAY
    try:
        return date(_century(year, seventh) + year, month, day)
    except ValueError:
        raise CprError(Reason.IMPOSSIBLE_CPR_DATE) from None


def is_replacement(cpr: str) -> bool:
    """Whether a normalised CPR number is a replacement number (day + 60)."""
    return int(cpr[:2]) > REPLACEMENT_DAY


def format_cpr(cpr: str) -> str:
    """A normalised CPR number as it is written: `ddmmyy-xxxx`."""
    return f"{cpr[:6]}-{cpr[6:]}"


def _century(year: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


# --- columns -------------------------------------------------------------------------------------------------------


def cpr_number(text: pl.Expr) -> pl.Expr:
    """Int64 of the digits of a text column; null where the shape is wrong. A leading zero makes no difference."""
    digits = text.str.replace_all("-", "", literal=True).str.replace_all(" ", "", literal=True)
    return pl.when(text.str.contains(SHAPE)).then(digits.str.to_integer(dtype=pl.Int64, strict=False))


def _parts(number: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """(year, month, day) that an Int64 CPR column states, replacement numbers brought back to their day."""
    day = number // 100_000_000
    day = pl.when(day > REPLACEMENT_DAY).then(day - REPLACEMENT_DAY).otherwise(day)
    month = number // 1_000_000 % 100
    year = number // 10_000 % 100
    seventh = number // 1000 % 10
    century = (
        pl.when(seventh <= 3)
        .then(1900)
        .when(seventh.is_in([4, 9]))
        .then(pl.when(year <= 36).then(2000).otherwise(1900))
        .otherwise(pl.when(year <= 57).then(2000).otherwise(1800))
    )
    return century + year, month, day


def possible_date(number: pl.Expr) -> pl.Expr:
    """Whether an Int64 CPR column states a day that exists; null stays null."""
    year, month, day = _parts(number)
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    length = (
        pl.when(month == 2)
        .then(pl.when(leap).then(29).otherwise(28))
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .otherwise(31)
    )
    return month.is_between(1, 12) & (day >= 1) & (day <= length)


def stated_day(number: pl.Expr) -> pl.Expr:
    """yyyymmdd as an integer, to compare birth dates without making dates of them."""
    year, month, day = _parts(number)
    return year * 10_000 + month * 100 + day


def cpr_text(number: pl.Expr) -> pl.Expr:
    """Ten digits of an Int64 CPR column."""
    return number.cast(pl.String).str.zfill(10)


def birth_dates(cpr: pl.Expr) -> pl.Expr:
    """Date column of birth dates from a column of normalised, valid CPR numbers."""
    year, month, day = _parts(cpr.cast(pl.Int64))
    return pl.date(year, month, day)


def replacements(cpr: pl.Expr) -> pl.Expr:
    """Boolean column: which normalised CPR numbers are replacement numbers."""
    return cpr.cast(pl.Int64) // 100_000_000 > REPLACEMENT_DAY

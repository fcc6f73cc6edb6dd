"""Danish company numbers, CVR (8 digits, modulus 11) and P-number (10 digits): scalar for forms, columnar for files."""

import re
from collections.abc import Sequence

import polars as pl
from stdnum.dk import cvr as stdnum_cvr

from jobformidler.core.tabular.reasons import Reason, sentence

WEIGHTS: Sequence[int] = (2, 7, 6, 5, 4, 3, 2, 1)
CVR_SHAPE = r"^[1-9][0-9]{7}$"
P_NUMBER_SHAPE = r"^[0-9]{10}$"
_CVR_PREFIX = r"^(?i:DK|CVR)[-:. ]*"
_P_PREFIX = r"^(?i:P)[-:. ]*"


class CompanyNumberError(ValueError):
    """Not a company number. `reason` is a code of `Reason`; the message is the Danish sentence."""

    def __init__(self, reason: Reason, value: str) -> None:
        super().__init__(sentence(reason, value))
        self.reason = reason


def normalise_cvr(text: str) -> str:
    """The eight digits of a CVR number, spaces and a `DK` prefix removed.

    Raises CompanyNumberError with `bad_cvr` or `bad_cvr_check_digit`.
    """
    cvr = re.sub(_CVR_PREFIX, "", text.strip()).replace(" ", "")
    if not re.fullmatch(CVR_SHAPE[1:-1], cvr):
        raise CompanyNumberError(Reason.BAD_CVR, text.strip())
    if not stdnum_cvr.is_valid(cvr):
        raise CompanyNumberError(Reason.BAD_CVR_CHECK_DIGIT, text.strip())
    return cvr


def valid_cvr(text: str) -> bool:
    """Whether the text is a CVR number with the right check digit."""
    try:
        normalise_cvr(text)
    except CompanyNumberError:
        return False
    return True


def normalise_p_number(text: str) -> str:
    """The ten digits of a P-number. Raises CompanyNumberError with `bad_p_number`. P-numbers have no check digit."""
    number = re.sub(_P_PREFIX, "", text.strip()).replace(" ", "")
    if not re.fullmatch(P_NUMBER_SHAPE[1:-1], number):
        raise CompanyNumberError(Reason.BAD_P_NUMBER, text.strip())
    return number


# --- columns -------------------------------------------------------------------------------------------------------


def cvr_digits(text: pl.Expr) -> pl.Expr:
    """A text column without prefix and spaces; null where that leaves something else than eight digits."""
    digits = text.str.replace(_CVR_PREFIX, "").str.replace_all(" ", "", literal=True)
    return pl.when(digits.str.contains(CVR_SHAPE)).then(digits)


def check_digit_fits(cvr: pl.Expr) -> pl.Expr:
    """Whether eight-digit CVR numbers satisfy modulus 11; null stays null."""
    number = cvr.cast(pl.Int64, strict=False)
    total = pl.lit(0, dtype=pl.Int64)
    for place, weight in enumerate(WEIGHTS):
        total = total + weight * (number // 10 ** (7 - place) % 10)
    return total % 11 == 0


def p_number_digits(text: pl.Expr) -> pl.Expr:
    """A text column without prefix and spaces; null where that leaves something else than ten digits."""
    digits = text.str.replace(_P_PREFIX, "").str.replace_all(" ", "", literal=True)
    return pl.when(digits.str.contains(P_NUMBER_SHAPE)).then(digits)

"""CPR, CVR and P-numbers: the scalar helpers, and that the columns agree with them."""

from datetime import date

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.dk import cvr as stdnum_cvr

from jobformidler.core.tabular import cpr, cvr
from jobformidler.core.tabular.reasons import Reason


@pytest.mark.parametrize(
    ("text", "normal", "born"),
    [
        ("711180-0001", "7111800001", date(1980, 11, 11)),  # replacement number
        (" 0101704000 ", "0101704000", date(1970, 1, 1)),
        ("010101-4000", "0101014000", date(2001, 1, 1)),
        ("290200 4000", "2902004000", date(2000, 2, 29)),
        ("010158-5000", "0101585000", date(1858, 1, 1)),
        ("010157-5000", "0101575000", date(2057, 1, 1)),
        ("010137-9000", "0101379000", date(1937, 1, 1)),
        ("101700001", "0101700001", date(1970, 1, 1)),  # a spreadsheet ate the zero
    ],
)
def test_a_cpr_number_is_normalised_and_states_its_birth_date(text, normal, born):
    assert cpr.normalise_cpr(text) == normal
    assert cpr.birth_date(normal) == born
    assert cpr.format_cpr(normal) == f"{normal[:6]}-{normal[6:]}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("310299-1234", Reason.IMPOSSIBLE_CPR_DATE),
        ("290200-0001", Reason.IMPOSSIBLE_CPR_DATE),  # 1900 was no leap year
        ("000000-0000", Reason.IMPOSSIBLE_CPR_DATE),
        ("601180-0001", Reason.IMPOSSIBLE_CPR_DATE),  # day 0 of a replacement number
        ("921180-0001", Reason.IMPOSSIBLE_CPR_DATE),
        ("991370001", Reason.IMPOSSIBLE_CPR_DATE),  # nine digits, month 91
        ("12345", Reason.BAD_CPR),
        ("010170-000", Reason.BAD_CPR),
        ("010170--0001", Reason.BAD_CPR),
        ("٠١٠١٧٠٠٠٠١", Reason.BAD_CPR),
        ("", Reason.BAD_CPR),
    ],
)
def test_an_impossible_cpr_number_says_what_is_wrong_and_repeats_no_digits(text, reason):
    with pytest.raises(cpr.CprError) as caught:
        cpr.normalise_cpr(text)
    assert caught.value.reason is reason
    assert not text or text not in str(caught.value)


def test_replacement_numbers_are_recognised_by_the_day():
    assert cpr.is_replacement("7111800001")
    assert not cpr.is_replacement("3112800001")


_digits = st.text("0123456789", min_size=9, max_size=10)
_likely = st.builds(
    lambda day, month, year, seq, dash: f"{day:02d}{month:02d}{year:02d}{dash}{seq:04d}",
    st.integers(0, 99),
    st.integers(0, 14),
    st.integers(0, 99),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " "]),
)


@given(st.lists(st.one_of(_digits, _likely, st.text(max_size=12)), min_size=1, max_size=30))
@example(["2902004000", "2902000001", "101700001"])
def test_the_cpr_column_agrees_with_the_scalar(texts):
    texts = [text.strip() for text in texts]
    frame = pl.DataFrame({"t": pl.Series(texts, dtype=pl.String)}).select(n=cpr.cpr_number(pl.col("t")))
    frame = frame.select(ok=cpr.possible_date(pl.col("n")), cpr=cpr.cpr_text(pl.col("n")), n="n")
    for text, (ok, number, raw) in zip(texts, frame.iter_rows(), strict=True):
        try:
            expected = cpr.normalise_cpr(text)
        except cpr.CprError as error:
            assert (raw is None) == (error.reason is Reason.BAD_CPR)
            assert not ok
        else:
            assert ok
            assert number == expected
            one = pl.DataFrame({"c": [expected]}).select(
                born=cpr.birth_dates(pl.col("c")), replacement=cpr.replacements(pl.col("c"))
            )
            assert one.row(0) == (cpr.birth_date(expected), cpr.is_replacement(expected))


def test_the_demo_companies_have_right_check_digits():
    assert all(map(cvr.valid_cvr, ("99000023", "99000058", "99000163", "99000198", "99000317", "DK 99 00 00 23")))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("99000024", Reason.BAD_CVR_CHECK_DIGIT),
        ("9900002", Reason.BAD_CVR),
        ("09000023", Reason.BAD_CVR),
        ("9900002x", Reason.BAD_CVR),
    ],
)
def test_a_wrong_cvr_number_says_what_is_wrong(text, reason):
    with pytest.raises(cvr.CompanyNumberError) as caught:
        cvr.normalise_cvr(text)
    assert caught.value.reason is reason


@given(st.lists(st.integers(10_000_000, 99_999_999), min_size=1, max_size=30))
def test_the_cvr_column_agrees_with_the_library(numbers):
    texts = [str(number) for number in numbers]
    fits = pl.DataFrame({"t": texts}).select(cvr.check_digit_fits(pl.col("t"))).to_series().to_list()
    assert fits == [stdnum_cvr.is_valid(text) for text in texts]


def test_a_p_number_has_ten_digits():
    assert cvr.normalise_p_number("P 9900 000 023") == "9900000023"
    with pytest.raises(cvr.CompanyNumberError):
        cvr.normalise_p_number("1,0E+09")

"""What holds for any file: nothing is lost, and form and order do not matter."""

import csv
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.tabular.build import encoded, read_bytes

from jobformidler.core.tabular import CITIZENS, EMPLOYERS, PLACES, SPELLS

HEADER = ["cpr", "first_name", "last_name", "city", "protected_address", "benefit_from"]
# Letters of names in Denmark; what a cell may hold beyond them is tested below, where cells may be refused.
_name = st.text("abcæøåÆØÅéöüÐ -.\"';,|&", min_size=1, max_size=20).filter(
    lambda text: text.strip() == text and not text.startswith(("'-",))
)
_day = st.dates(date(1900, 1, 1), date(2026, 11, 23))
_person = st.tuples(
    st.builds(
        lambda day, seq: f"{day:%d%m%y}{seq:04d}", st.dates(date(1937, 1, 1), date(1999, 12, 31)), st.integers(0, 3999)
    ),
    _name,
    _name,
    st.one_of(st.just(""), _name),
    st.booleans(),
    _day,
)


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(_person, min_size=1, max_size=12, unique_by=lambda person: person[0]),
    order=st.permutations(range(len(HEADER))),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    dates=st.sampled_from(["%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y%m%d"]),
)
def test_valid_rows_come_back_through_any_delimiter_encoding_and_column_order(
    people, order, delimiter, encoding, quoting, dates
):
    rows = [[c, f, n, city, "ja" if kept else "nej", day.strftime(dates)] for c, f, n, city, kept, day in people]
    table = [[row[place] for place in order] for row in [HEADER, *rows]]
    result = read_bytes(encoded(table, delimiter=delimiter, encoding=encoding, quoting=quoting), CITIZENS)
    assert list(result.problems()) == []
    assert result.good.select(HEADER).rows() == [(*person[:3], person[3] or None, *person[4:]) for person in people]
    assert result.good["line"].to_list() == list(range(2, len(people) + 2))


_cell = st.one_of(
    st.sampled_from(
        [
            "711180-0001",
            "99000023",
            "9900000023",
            "barsel",
            "Praktik",
            "01-02-2026",
            "2026-01-01",
            "3",
            "",
            "x",
            '"',
            "a\nb",
        ]
    ),
    st.text(max_size=6),
)


@settings(max_examples=80, deadline=None)
@given(
    spec=st.sampled_from([CITIZENS, SPELLS, EMPLOYERS, PLACES]),
    rows=st.lists(st.lists(_cell, min_size=14, max_size=14), max_size=10),
)
def test_every_row_a_csv_writer_wrote_is_accepted_or_quarantined_once(spec, rows):
    width = len(spec.columns)
    table = [[column.name for column in spec.columns], *[row[:width] for row in rows]]
    result = read_bytes(encoded(table, encoding="utf-16"), spec)
    data = [row for row in table[1:] if any(cell.strip(' \t\r\n;"\u00a0\x0b\x0c\x1c\x1d\x1e\x1f\x85') for cell in row)]
    assert result.read == result.good.height + result.quarantined
    lines = result.good["line"].to_list() + result.rows["line"].to_list()
    assert len(lines) == len(set(lines)) == result.read
    assert set(result.faults["line"]) == set(result.rows["line"])
    if not any("\r" in cell for row in data for cell in row):
        assert result.read >= len([row for row in data if any(cell.isalnum() for cell in row)])


@settings(max_examples=80, deadline=None)
@given(
    data=st.lists(
        st.binary(max_size=30) | st.sampled_from([b"711180-0001;barsel;2026-01-01;", b'"', b";;;"]), max_size=12
    )
)
def test_any_bytes_after_a_header_are_read_and_none_is_lost(data):
    result = read_bytes(b"cpr;kind;start;end\n" + b"\n".join(data), SPELLS)
    assert result.read == result.good.height + result.quarantined
    assert set(result.faults["line"]) == set(result.rows["line"])


_period = st.tuples(
    st.integers(1, 3), st.sampled_from(["barsel", "ledighedsydelse"]), st.integers(0, 40), st.integers(0, 15)
)


@settings(max_examples=80, deadline=None)
@given(periods=st.lists(_period, min_size=1, max_size=25, unique_by=lambda period: period[:3]), shuffle=st.randoms())
def test_which_periods_are_accepted_does_not_depend_on_their_order_and_they_never_overlap(periods, shuffle):
    def accepted(rows):
        start = date(2026, 1, 1)
        table = [["cpr", "kind", "start", "end"]]
        for person, kind, first, length in rows:
            end = "" if length == 15 else f"{start + timedelta(first + length)}"
            table.append([f"711180-000{person}", kind, f"{start + timedelta(first)}", end])
        result = read_bytes(encoded(table), SPELLS)
        assert result.read == len(rows) == result.good.height + result.quarantined
        return result.good.drop("line").sort("cpr", "kind", "start").rows()

    other = list(periods)
    shuffle.shuffle(other)
    rows = accepted(periods)
    assert rows == accepted(other)
    for before, after in pairwise(rows):
        assert before[:2] != after[:2] or (before[3] is not None and before[3] < after[2])

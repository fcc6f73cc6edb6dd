"""The reader of large files agrees with Python's csv module on every text, however it is cut into blocks."""

import csv
import datetime as dt
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobformidler.law import KINDS, OPEN, csvfiles, csvout, csvrows
from jobformidler.law.csvfiles import FileError, read_approvals, read_spells

WORDS = ("a", "b", "a,b", 'say "x"', "æøå", " a", "two\nlines", "cr\rhere", "2007-01-01", "2007-02-29", "2008-02-29",
         "", "fleksjob", "maternity", "ledighedsydelse", "unemployed", "ordinary_job", "FLEKSJOB", "20070101",
         "2006-12-31")  # fmt: skip


def plain_date(text):
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def spells_by_hand(text, people):
    """What Python's csv module and a few lines say of the spells."""
    found, bad = [], []
    for row in csv.reader(io.StringIO(text, newline="")):
        if not row:
            continue
        if len(row) < 4:
            bad.append("a column is missing")
        elif "" in row[:3]:
            bad.append("a value is missing")
        elif row[1] not in KINDS:
            bad.append("unknown kind")
        elif plain_date(row[2]) is None or (row[3] and plain_date(row[3]) is None):
            bad.append("bad date")
        elif row[3] and row[3] < row[2]:
            bad.append("end before start")
        elif row[0] in people:
            end = plain_date(row[3]).toordinal() + 1 if row[3] else OPEN
            found.append((people.index(row[0]), plain_date(row[2]).toordinal(), end, int(KINDS[row[1]])))
    return sorted(found), bad


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def quoted(word, always):
    return '"' + word.replace('"', '""') + '"' if always or set(word) & set(',"\r\n') else word


@st.composite
def texts(draw):
    """Lines of good and bad rows, with quotes and line ends of every kind."""
    row = st.tuples(
        st.sampled_from(WORDS), st.one_of(st.sampled_from(sorted(KINDS)), st.sampled_from(WORDS)),
        st.one_of(st.just("2007-01-01"), st.sampled_from(WORDS)), st.sampled_from(WORDS),
    )  # fmt: skip
    lines = []
    for words in draw(st.lists(row, max_size=12)):
        wanted = draw(st.sampled_from((4, 4, 4, 4, 3, 5, 0)))
        cells = [*words, "more"][:wanted]
        lines.append(
            ",".join(quoted(word, draw(st.booleans())) for word in cells) + draw(st.sampled_from(("\n", "\r\n", "\r")))
        )
    text = "".join(lines)
    return text.rstrip("\r\n") if draw(st.booleans()) else text


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts(), block=st.sampled_from((16, 17, 23, 64, 4096)))
def test_every_row_is_read_as_pythons_csv_module_reads_it(text, block, tmp_path, monkeypatch):
    monkeypatch.setattr(csvfiles, "BLOCK", block)
    people = [word for word in WORDS if word]
    visits = "person_id,visited_on\n" + "".join(f"{quoted(word, False)},2007-01-01\n" for word in people)
    bad = []
    known = read_approvals(write(tmp_path, "V.csv", visits), bad.append)
    assert bad == []
    assert known.names() == [word.encode() for word in people]
    spells = read_spells(write(tmp_path, "F.csv", "person_id,kind,start,end\n" + text), known, bad.append)
    expected, reasons = spells_by_hand(text, people)
    assert [row.reason for row in bad] == reasons
    found = list(
        zip(spells.person.tolist(), spells.start.tolist(), spells.end.tolist(), spells.kind.tolist(), strict=True)
    )
    assert sorted(found) == expected
    assert [row[:2] for row in found] == sorted(row[:2] for row in found)


def test_lines_are_counted_as_an_editor_shows_them(tmp_path):
    text = 'person_id,kind,start,end\r\na,fleksjob,2007-01-01,\r\n\r\n"b\nc",fleksjob,x,\nd,nothing,2007-01-01,\r\ne,fleksjob\n'
    bad = []
    read_spells(
        write(tmp_path, "F.csv", text),
        read_approvals(write(tmp_path, "V.csv", "person_id,visited_on\n"), bad.append),
        bad.append,
    )
    assert [(row.line, row.reason) for row in bad] == [
        (4, "bad date"), (6, "unknown kind"), (7, "a column is missing"),
    ]  # fmt: skip


def test_a_second_row_for_a_person_is_bad_and_a_bad_first_one_does_not_count(tmp_path):
    rows = [
        "a,2007-13-01,",
        "a,2007-01-01,2006-01-01",
        "a,2007-01-02,",
        "a,2007-01-03,",
        "b,2007-01-01",
        ",2007-01-01,",
        "c",
    ]
    text = "\n".join(["person_id,visited_on,ended_on", *rows])
    bad = []
    people = read_approvals(write(tmp_path, "V.csv", text), bad.append)
    assert [(row.line, row.reason) for row in bad] == [
        (2, "bad date"), (3, "end before start"), (5, "a second row for the same person"), (7, "a value is missing"),
        (8, "a column is missing"),
    ]  # fmt: skip
    assert people.names() == [b"a", b"b"]
    assert [dt.date.fromordinal(day) for day in people.start.tolist()] == [dt.date(2007, 1, 2), dt.date(2007, 1, 1)]


def test_columns_may_stand_in_any_order_beside_others(tmp_path):
    bad = []
    people = read_approvals(write(tmp_path, "V.csv", "note,visited_on,person_id\nx,2007-01-01,a\n"), bad.append)
    spells = read_spells(
        write(tmp_path, "F.csv", "end,note,start,kind,person_id\n,x,2007-01-01,fleksjob,a\n"), people, bad.append
    )
    assert (spells.kind.tolist(), spells.end.tolist(), bad) == ([KINDS["fleksjob"]], [OPEN], [])


def test_a_quote_that_is_never_closed_is_reported_where_it_opens(tmp_path):
    bad = []
    people = read_approvals(
        write(tmp_path, "V.csv", 'person_id,visited_on\na,2007-01-01\n"b,2007-01-01\nc,2007-01-01\n'), bad.append
    )
    assert people.names() == [b"a"]
    assert [(row.line, row.reason) for row in bad] == [(3, "the quotes are never closed, so the rest was not read")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no column person_id"),
        (b"person_id;visited_on\na;2007-01-01\n", "has no column person_id"),
        (b"person_id,visited_on,visited_on\n", "has the column visited_on twice"),
        (b"person_id,visited_on\n\xe6,2007-01-01\n", "is not UTF-8 text"),
        ("person_id,visited_on\n".encode("utf-16"), "is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(content, sentence, tmp_path):
    path = tmp_path / "V.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match=sentence):
        read_approvals(path, [].append)
    with pytest.raises(FileError, match="cannot be read"):
        read_approvals(tmp_path / "missing.csv", [].append)


def test_many_people_keep_their_numbers_while_the_table_grows(tmp_path, monkeypatch):
    monkeypatch.setattr(csvfiles, "BLOCK", 2048)
    names = [f"person {number * 7919 % 10007}" for number in range(5000)]
    people = read_approvals(
        write(tmp_path, "V.csv", "\ufeffperson_id,visited_on\n" + "".join(f"{n},2007-01-01\n" for n in names)),
        [].append,
    )
    assert people.names() == [name.encode() for name in names]
    lines = [
        f"{name},fleksjob,{dt.date(2007, 1, 1) + dt.timedelta(number % 900)},\n" for number, name in enumerate(names)
    ]
    spells = read_spells(
        write(tmp_path, "F.csv", "person_id,kind,start,end\n" + "".join(reversed(lines))), people, [].append
    )
    assert np.array_equal(spells.person, np.arange(5000))
    assert spells.start.tolist() == [dt.date(2007, 1, 1).toordinal() + number % 900 for number in range(5000)]


def test_days_are_written_as_they_are_read():
    text = np.zeros(11, np.uint8)
    edges = [1, 58, 59, 60, 365, 366, 367, 730, 1461, 36524, 36525, 146097, 146098, 3652058, 3652059]
    for number in (*edges, *range(730000, 731500), *range(1, 3652059, 9973)):
        assert csvout.put_day(text, 0, number) == 11
        assert text[:10].tobytes().decode() == dt.date.fromordinal(number).isoformat()
        assert csvrows.day_number(text, 0, 10) == number


def test_texts_are_quoted_as_pythons_csv_module_quotes_them():
    text = np.zeros(100, np.uint8)
    for word in WORDS:
        source = np.frombuffer(word.encode(), np.uint8)
        size = csvout.put_text(text, 0, source, 0, len(source))
        line = io.StringIO()
        csv.writer(line).writerow([word, "x"])
        if word:
            assert text[:size].tobytes().decode() == line.getvalue().removesuffix("x\r\n")

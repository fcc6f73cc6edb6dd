"""`jobformidler clocks`: its file, its reports and its exit codes, without a database."""

import csv
import json
import subprocess
import sys

import pytest

from jobformidler.config import cli

SPELLS = """\
person_id,kind,start,end
Karin,ledighedsydelse,2025-11-01,
Bent,ledighedsydelse,2025-06-02,2026-05-31
Bent,fleksjob,2026-06-01,
"""
VISITS = "person_id,visited_on,ended_on\nKarin,2025-11-01,\nBent,2025-06-02,\n"
ANSWER = """\
person_id,event,date,effective_date,cycle,counted_days,window_start,window_end
Bent,right,2025-12-02,2025-12-02,1,183,2025-06-02,2025-12-01
Karin,right,2026-05-01,2026-05-01,1,181,2025-11-01,2026-04-30
Karin,duty,2026-11-01,2026-11-01,1,365,2025-11-01,2026-10-31
"""


@pytest.fixture
def clocks(tmp_path, capsys):
    """Run the command on two texts; returns (exit code, answer or None, standard output, standard error)."""

    def run(spells=SPELLS, visits=VISITS, *more, horizon="2026-11-23"):
        out = tmp_path / "out.csv"
        (tmp_path / "F.csv").write_text(spells, encoding="utf-8", newline="")
        (tmp_path / "V.csv").write_text(visits, encoding="utf-8", newline="")
        files = ["--spells", str(tmp_path / "F.csv"), "--visitations", str(tmp_path / "V.csv"), "--out", str(out)]
        code = cli.main(["clocks", *files, "--horizon", horizon, *more])
        told = capsys.readouterr()
        return code, out.read_text(encoding="utf-8") if out.exists() else None, told.out, told.err

    return run


def test_two_paid_hours_a_week_change_no_date(clocks):
    _, without, _, _ = clocks()
    code, with_hours, _, err = clocks(SPELLS + "Karin,paid_hours,2026-01-01,\n")
    assert without == with_hours == ANSWER
    assert (code, err) == (1, "F.csv, line 5: unknown kind\n")


def test_a_good_file_is_answered_under_the_banner(clocks):
    code, answer, out, err = clocks()
    assert (code, answer, err) == (0, ANSWER, "")
    assert out.startswith("Fleksjobregler 2007 · historisk regelsæt, brugt som eksempel · kontrollér gældende ret\n")


def test_the_answer_is_sorted_by_the_text_of_the_person_then_date_then_event(clocks):
    people = ["b", "a", "B", "10", "9", "å", "æ", "a b", 'q"', "x,y", "𝄞", "\uffff"]
    quoted = ['"' + p.replace('"', '""') + '"' for p in people]
    spells = "person_id,kind,start,end\n" + "".join(f"{p},ledighedsydelse,2007-01-01,\n" for p in quoted)
    visits = "person_id,visited_on\n" + "".join(f"{p},2007-01-01\n" for p in quoted)
    code, answer, _, _ = clocks(spells, visits, "--set", "duty_months=6", horizon="2007-07-01")
    rows = list(csv.reader(answer.splitlines()))[1:]
    assert code == 0
    assert rows == sorted(rows, key=lambda row: (row[0], row[2], row[1]))
    assert [row[1] for row in rows] == ["duty", "right"] * len(people)
    assert {row[0] for row in rows} == set(people)


def test_another_reading_gives_other_dates(clocks):
    spells = "person_id,kind,start,end\na,ledighedsydelse,2007-04-02,\n"
    visits = "person_id,visited_on\na,2007-01-01\n"
    assert "right" not in clocks(spells, visits, horizon="2007-12-31")[1]
    assert "a,right,2007-10-02," in clocks(spells, visits, "--set", "window=rolling", horizon="2007-12-31")[1]
    both = clocks(
        spells,
        visits,
        "--set",
        "window=rolling",
        "--set",
        "right_months=7",
        "--set",
        "right_window_months=10",
        horizon="2007-12-31",
    )
    assert "a,right,2007-11-02," in both[1]


def test_dates_before_the_rules_take_effect_with_them(clocks):
    visits, spells = "person_id,visited_on\na,2006-03-01\n", "person_id,kind,start,end\na,ledighedsydelse,2006-03-01,\n"
    assert "a,right,2006-09-01,2007-01-01,1,184,2006-03-01,2006-08-31\n" in clocks(spells, visits)[1]


def test_an_end_of_the_approval_ends_the_events(clocks):
    assert clocks(visits="person_id,visited_on,ended_on\nKarin,2025-11-01,2026-10-31\n")[1].count("Karin") == 1


def test_nobody_without_an_approval_is_answered(clocks):
    assert clocks(visits="person_id,visited_on\nKarin,2025-11-01\n")[1].count("Bent") == 0


def test_bad_rows_are_told_with_line_and_reason_and_left_out(clocks):
    spells = (
        SPELLS
        + ",fleksjob,2007-01-01,\nKarin,,2007-01-01,\nKarin,fleksjob,2007-02-30,\nKarin,fleksjob,2007-02-02,2007-02-01\nKarin\n"
    )
    code, answer, out, err = clocks(spells, VISITS + "Karin,2025-11-01,\n")
    assert (code, answer) == (1, ANSWER)
    assert err.splitlines() == [
        "V.csv, line 4: a second row for the same person",
        "F.csv, line 5: a value is missing",
        "F.csv, line 6: a value is missing",
        "F.csv, line 7: bad date",
        "F.csv, line 8: end before start",
        "F.csv, line 9: a column is missing",
    ]
    assert "6 bad rows were left out." in out


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_mark_at_the_start_do_not_matter(clocks, line_end, mark):
    code, answer, _, _ = clocks(mark + SPELLS.replace("\n", line_end), mark + VISITS.replace("\n", line_end).rstrip())
    assert (code, answer) == (0, ANSWER)


def test_files_with_only_a_heading_are_answered_with_a_heading(clocks):
    code, answer, _, _ = clocks("person_id,kind,start,end\n", "person_id,visited_on\n")
    assert (code, answer) == (0, ANSWER.splitlines(keepends=True)[0])


def test_touching_overlapping_and_repeated_spells_are_fine(clocks):
    pieces = "".join(
        f"Karin,ledighedsydelse,2025-11-01,{end}\n" for end in ("2025-12-31", "2025-12-31", "2026-03-31", "")
    )
    assert (
        clocks("person_id,kind,start,end\n" + pieces, "person_id,visited_on\nKarin,2025-11-01\n")[1].count("Karin") == 2
    )


def test_one_json_object_tells_all(clocks):
    code, _, out, _ = clocks(SPELLS + "Karin,x,2007-01-01,\n", VISITS, "--json")
    told = json.loads(out)
    assert (code, told["events"], told["people"], told["status"]) == (
        1,
        {"right": 2, "rearm": 0, "duty": 1},
        2,
        "historical",
    )
    assert told["bad_rows"] == [{"file": "F.csv", "line": 5, "reason": "unknown kind"}]


def test_the_explanation_stands_beside_the_answer(clocks, tmp_path):
    code, answer, _, _ = clocks(SPELLS, VISITS, "--explain")
    lines = [json.loads(line) for line in (tmp_path / "out.csv.explain.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (code, answer) == (0, ANSWER)
    assert [line["person_id"] for line in lines] == ["Bent", "Karin"]
    duty = lines[1]["events"][1]
    assert duty["counted"] == [{"start": "2025-11-01", "end": "2026-10-31", "day": "ledighedsydelse"}]
    assert (duty["date"], duty["window_end"], duty["paused"], duty["left_out"]) == ("2026-11-01", "2026-10-31", [], [])
    assert [one["event"] for one in lines[1]["progress"]] == ["right", "duty"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--set", "window=wide"], "window is one of literal, rolling, not wide."),
        (["--set", "gap_days=-1"], "gap_days is a whole number from 0 to 366, not -1."),
        (["--set", "colour=red"], "has no parameter colour"),
        (["--set", "window"], "--set takes NAME=VALUE, not window."),
        (["--rules", "fleksjob-1999"], "There is no rule set fleksjob-1999"),
        (["--rules", "contact-2007"], "contact-2007 is no set of fleksjob clocks."),
    ],
)
def test_what_cannot_be_computed_is_one_sentence_and_nothing_is_done(clocks, more, sentence):
    code, answer, _, err = clocks(SPELLS, VISITS, *more)
    assert (code, answer) == (2, None)
    assert sentence in err


def test_files_that_cannot_be_used_end_with_nothing_done(clocks, tmp_path):
    assert clocks("kind,start,end\n")[:2] == (2, None)
    assert clocks("")[0] == 2
    assert clocks(SPELLS, VISITS, "--out", str(tmp_path / "no" / "out.csv"))[0] == 2
    assert clocks(SPELLS, VISITS, "--out", str(tmp_path))[0] == 2
    assert clocks(SPELLS, VISITS, "--out", str(tmp_path / "F.csv"))[0] == 2
    assert clocks(SPELLS, VISITS, "--spells", str(tmp_path / "none.csv"))[0] == 2
    assert (tmp_path / "F.csv").read_text(encoding="utf-8") == SPELLS


def test_an_answer_that_cannot_be_finished_leaves_the_former_one(clocks, tmp_path, monkeypatch):
    clocks()
    monkeypatch.setattr(
        "jobformidler.law.csvout.write_events", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    code, answer, _, err = clocks()
    assert (code, answer) == (2, ANSWER)
    assert "No space left" in err
    assert {path.name for path in tmp_path.iterdir()} == {"F.csv", "V.csv", "out.csv"}


@pytest.mark.parametrize("words", [["--horizon", "tomorrow"], ["--horizon", "20260101"], []])
def test_misuse_ends_with_nothing_done(words, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["clocks", *words])
    assert end.value.code == 2


def test_help_names_files_columns_and_exit_codes(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["clocks", "--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0
    assert all(
        word in text for word in ("person_id,kind,start,end", "--explain", "Exit codes", "usage: jobformidler clocks")
    )


def test_no_database_and_no_django_are_needed(tmp_path):
    program = (
        "import sys; from jobformidler.config import cli; code = cli.main(sys.argv[1:]);"
        "assert 'django' not in sys.modules and 'psycopg' not in sys.modules; sys.exit(code)"
    )
    (tmp_path / "F.csv").write_text(SPELLS, encoding="utf-8")
    (tmp_path / "V.csv").write_text(VISITS, encoding="utf-8")
    words = ["clocks", "--spells", "F.csv", "--visitations", "V.csv", "--horizon", "2026-11-23", "--out", "out.csv"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == ANSWER

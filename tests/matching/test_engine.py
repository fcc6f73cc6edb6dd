"""What the engine may and may not do, whatever the places and the citizen."""

import dataclasses
import datetime as dt
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobformidler.matching.engine import STANDARD, blocks, candidates, fit, rank, told
from jobformidler.matching.stems import Vocabulary, alike, stems
from jobformidler.matching.terms import RELAXABLE, Consideration, Criterion, Need, Parameters, Places, Reason, Verdict

DAY = dt.date(2026, 11, 23)
CODES = ("quiet", "one_task", "written_list")
WORDS = ("lager og varer", "skiltekørsel", "køkken og opvask", "")
hours = st.integers(0, 37).map(float)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def rows(draw):
    low = draw(hours)
    return {
        "fleksjob": draw(st.booleans()),
        "hours_min": low,
        "hours_max": max(low, draw(hours)),
        "free": draw(st.integers(-1, 2)),
        "starts_on": DAY + dt.timedelta(draw(st.integers(-100, 100))),
        "ends_on": draw(st.none() | st.integers(-5, 200).map(lambda n: DAY + dt.timedelta(n))),
        "closed_on": draw(st.none() | st.integers(-5, 5).map(lambda n: DAY + dt.timedelta(n))),
        "starts_at": draw(st.none() | st.integers(6, 12).map(lambda h: h * 60)),
        "accommodates": draw(st.frozensets(st.sampled_from(CODES))),
        "also_accommodates": stems(draw(st.sampled_from(("", "ro om formiddagen")))),
        "words": stems(draw(st.sampled_from(WORDS))),
        "postal_code": draw(st.sampled_from(("", "9990", "9991"))),
        "city": draw(st.sampled_from(("", "Fjordby", "Havby"))),
        "paid_expected": draw(st.booleans()),
        "earlier": (earlier := draw(st.integers(0, 8))),
        "earlier_paid": draw(st.integers(0, earlier)),
        "has_contact": draw(st.booleans()),
        "confirmed_on": DAY - dt.timedelta(draw(st.integers(0, 100))),
    }


def table(made: list[dict], ids: list[int] | None = None) -> Places:
    names = [f.name for f in dataclasses.fields(Places) if f.name not in ("id", "workplace")]
    ids = ids or list(range(1, len(made) + 1))
    return Places(id=ids, workplace=[i % 3 for i in ids], **{name: [row[name] for row in made] for name in names})


def place(**values) -> dict:
    return {
        "fleksjob": False, "hours_min": 5.0, "hours_max": 15.0, "free": 1, "starts_on": DAY, "ends_on": None,
        "closed_on": None, "starts_at": None, "accommodates": frozenset(), "also_accommodates": frozenset(),
        "words": frozenset(), "postal_code": "",
        "city": "", "paid_expected": False, "earlier": 0, "earlier_paid": 0, "has_contact": True, "confirmed_on": DAY,
    } | values  # fmt: skip


needs = st.builds(
    Need,
    considerations=st.lists(
        st.builds(
            Consideration,
            code=st.sampled_from((*CODES, "")),
            text=st.just("ro"),
            importance=st.sampled_from(("most", "much", "some")),
        ),
        max_size=4,
    ).map(tuple),
    can=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    wants=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    cannot=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    earliest_start=st.none() | st.integers(7, 11).map(lambda h: h * 60),
    start_firm=st.booleans(),
    hours_max=st.none() | hours,
    near=st.booleans(),
    near_firm=st.booleans(),
    postal_code=st.sampled_from(("", "9990")),
    city=st.sampled_from(("", "Fjordby")),
    fleksjob=st.sampled_from((None, True, False)),
    here=st.frozensets(st.integers(1, 4), max_size=1),
    stopped_at=st.frozensets(st.integers(0, 2), max_size=1),
)
tables = st.lists(rows(), max_size=12).map(table)
lifts = st.frozensets(st.sampled_from(RELAXABLE))


@quick
@given(needs, tables)
def test_no_place_is_kept_that_cannot_be_filled(need, places):
    for match in rank(need, places, day=DAY).matches:
        row = match.row
        if match.here:
            continue
        assert places.free[row] > 0
        assert places.ends_on[row] is None or places.ends_on[row] > DAY
        assert places.closed_on[row] is None or places.closed_on[row] > DAY
        assert not (places.fleksjob[row] and need.fleksjob is False)
        assert need.hours_max is None or places.hours_min[row] <= need.hours_max
        if need.start_firm and need.earliest_start and places.starts_at[row]:
            assert places.starts_at[row] >= need.earliest_start
        if need.near_firm and need.city and places.city[row] and need.postal_code != places.postal_code[row]:
            assert need.city == places.city[row]


@quick
@given(needs, tables)
def test_every_place_is_either_kept_or_left_out_for_one_told_reason(need, places):
    ranking = rank(need, places, day=DAY)
    kept = [match.id for match in ranking.matches]
    left = [pk for ids in ranking.filtered.values() for pk in ids]
    assert sorted(kept + left) == sorted(places.id)
    assert ranking.filtered_count == len(left)


@quick
@given(needs, tables, lifts, st.sampled_from(RELAXABLE))
def test_relaxing_a_condition_never_takes_a_place_away_and_its_effect_is_what_it_adds(need, places, lifted, one_more):
    before = rank(need, places, day=DAY, lifted=lifted)
    after = rank(need, places, day=DAY, lifted=lifted | {one_more})
    kept, more = {m.id for m in before.matches}, {m.id for m in after.matches}
    assert kept <= more
    if one_more not in lifted:
        assert before.effects.get(one_more, 0) == len(more - kept)
        assert after.effects.get(one_more, 0) == len(more - kept)


@quick
@given(needs, st.lists(rows(), max_size=10), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_input(need, made, shuffle: random.Random):
    ids = list(range(1, len(made) + 1))
    mixed = list(zip(ids, made, strict=True))
    shuffle.shuffle(mixed)
    one = rank(need, table(made, ids), day=DAY)
    other = rank(need, table([row for _, row in mixed], [pk for pk, _ in mixed]), day=DAY)
    assert [m.id for m in one.matches] == [m.id for m in other.matches]
    assert [m.findings for m in one.matches] == [m.findings for m in other.matches]
    assert one.filtered == other.filtered


@quick
@given(needs, tables)
def test_the_explanation_adds_up_with_the_order_and_the_counts(need, places):
    matches = rank(need, places, day=DAY).matches
    sums = [fit(match.findings) for match in matches]
    assert sums == sorted(sums, reverse=True)
    for match in matches:
        telling = [f for f in match.findings if f.verdict is not Verdict.NEUTRAL]
        listed = [
            f for v in (Verdict.FOR, Verdict.ASKS, Verdict.AGAINST) for group in told(match.findings, v) for f in group
        ]
        assert sorted(map(repr, listed)) == sorted(map(repr, telling))
        assert all(0 <= f.level <= 4 for f in match.findings)


@quick
@given(needs, tables)
def test_the_place_where_the_citizen_is_now_is_never_left_out(need, places):
    kept = {match.id for match in rank(need, places, day=DAY).matches}
    assert need.here & set(places.id) <= kept


@quick
@given(needs, rows())
def test_what_is_unknown_never_leaves_a_place_out(need, row):
    unknown = row | {"starts_at": None, "city": "", "postal_code": "", "earlier": 0, "earlier_paid": 0}
    reasons = {block.reason for block in blocks(need, table([unknown]), day=DAY, parameters=STANDARD)[0]}
    assert not reasons & {Reason.START, Reason.TRAVEL, Reason.NO_PAID_HOURS}
    blank = Need()
    assert not {b.reason for b in blocks(blank, table([row]), day=DAY, parameters=STANDARD)[0]} & {
        Reason.START, Reason.TRAVEL, Reason.HOURS, Reason.APPROVAL,
    }  # fmt: skip


@quick
@given(st.lists(needs, max_size=8), rows(), st.randoms(use_true_random=False))
def test_candidates_stand_by_how_long_they_have_waited_and_nothing_else(some, row, shuffle):
    some = [dataclasses.replace(need, id=i) for i, need in enumerate(some)]
    since = [DAY - dt.timedelta(shuffle.randint(0, 300)) for _ in some]
    found, out = candidates(some, since, table([row]), day=DAY)
    order = [(since[index], index) for index, _match in found]
    assert order == sorted(order)
    assert len(found) + sum(out.values()) == len(some)


def test_starting_an_hour_earlier_opens_the_place_that_begins_an_hour_earlier_and_not_the_one_at_six():
    need = Need(earliest_start=600)
    ranking = rank(need, table([place(starts_at=540), place(starts_at=360), place(starts_at=600)]), day=DAY)
    assert [m.id for m in ranking.matches] == [3]
    assert ranking.filtered == {Reason.START: [1, 2]}
    assert ranking.effects == {Reason.START: 1}


def test_a_workplace_that_never_gave_paid_hours_is_left_out_only_when_that_is_known():
    known, young, promised = place(earlier=3), place(earlier=2), place(earlier=3, paid_expected=True)
    ranking = rank(Need(), table([known, young, promised]), day=DAY)
    assert ranking.filtered == {Reason.NO_PAID_HOURS: [1]}
    assert ranking.effects == {Reason.NO_PAID_HOURS: 1}


def test_five_of_seven_speaks_for_and_one_of_nine_against():
    ranking = rank(Need(), table([place(earlier=7, earlier_paid=5), place(earlier=9, earlier_paid=1)]), day=DAY)
    facts = {m.id: m.findings[0] for m in ranking.matches}
    assert (facts[1].verdict, facts[1].level, facts[1].values) == (Verdict.FOR, 3, (5, 7))
    assert (facts[2].verdict, facts[2].level, facts[2].values) == (Verdict.AGAINST, 1, (1, 9))
    assert [m.id for m in ranking.matches] == [1, 2]


def test_a_task_the_citizen_cannot_do_counts_against_even_when_others_fit():
    need = Need(can=("lager",), cannot=("telefonpasning",))
    tasks = stems("Linnedlager og telefonpasning")
    finding = next(
        f for f in rank(need, table([place(words=tasks)]), day=DAY).matches[0].findings if f.fact == "cannot"
    )
    assert (finding.criterion, finding.verdict) == (Criterion.TASKS, Verdict.AGAINST)


def test_a_consideration_the_place_can_meet_speaks_for_and_one_not_mentioned_is_asked_about():
    need = Need(considerations=(Consideration("quiet", "ro"), Consideration("one_task", "én opgave")))
    findings = rank(need, table([place(accommodates=frozenset({"quiet"}))]), day=DAY).matches[0].findings
    assert [(f.verdict, f.values) for f in findings if f.criterion is Criterion.CONSIDERATION] == [
        (Verdict.FOR, ("ro",)),
        (Verdict.ASKS, ("én opgave",)),
    ]


def test_what_the_workplace_said_in_its_own_words_counts_too():
    need = Need(considerations=(Consideration("", "Ro om formiddagen"), Consideration("seated", "Siddende arbejde")))
    findings = rank(need, table([place(also_accommodates=stems("der er ro i pakkeriet"))]), day=DAY).matches[0].findings
    assert [f.fact for f in findings if f.criterion is Criterion.CONSIDERATION] == ["possible", "not_mentioned"]


def test_a_manager_who_changes_a_weight_changes_the_order():
    paid, quiet = place(paid_expected=True), place(accommodates=frozenset({"quiet"}))
    need = Need(considerations=(Consideration("quiet", "ro", "some"),))
    places = table([paid, quiet])
    assert rank(need, places, day=DAY).matches[0].id == 1
    other = Parameters(weight_paid_hours=1, weight_consideration_some=5)
    assert rank(need, places, day=DAY, parameters=other).matches[0].id == 2


def test_danish_words_meet_across_endings_and_compounds():
    assert stems("varerne") == stems("varer")
    assert alike("lager", "linnedlager")
    assert not alike("var", "varm")
    words = Vocabulary(["skiltekørsel", "opvask"])
    assert words.hits(stems("Prisskilte og opvasken")) == {1}
    assert words.hits(stems("skiltekørsel om formiddagen")) == {0}

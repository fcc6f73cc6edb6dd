"""A timeline of rule sets: one answer for every day and every case, and old cases where they were."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from jobformidler.law import Choice, in_use, rule_set
from jobformidler.law.contact import next_contact
from jobformidler.law.months import add_months

D = dt.date
FIRST = D(2026, 1, 1)
DAY = dt.timedelta(days=1)
days = st.integers(0, 400).map(lambda n: FIRST + n * DAY)


@st.composite
def timelines(draw):
    """Choices one after the other, now and then with a gap, the last one perhaps ended."""
    cuts = sorted(draw(st.lists(days, min_size=1, max_size=6, unique=True)))
    rules = rule_set("contact-2007")
    made = []
    for n, since in enumerate(cuts):
        nxt = cuts[n + 1] if n + 1 < len(cuts) else None
        until = draw(st.sampled_from([nxt, since + DAY])) if nxt else draw(st.sampled_from([None, since + 30 * DAY]))
        made.append(Choice(rules, since, until, draw(st.booleans()), {"interval_months": n + 1}))
    return made


def by_hand(timeline, day, begun):
    """The same told day by day: walk back from the newest, over choices that leave the case where it was."""
    for place in range(len(timeline) - 1, -1, -1):
        one = timeline[place]
        if day < one.since:
            continue
        if begun is not None and one.old_cases_stay and begun < one.since:
            continue
        inside = one.until is None or day < one.until
        skipped = [later for later in timeline[place + 1 :] if later.since <= day]
        kept = begun is not None and bool(skipped) and one.since <= begun and (one.until is None or begun < one.until)
        if inside or kept:
            return one
    return None


@given(timeline=timelines(), day=days, begun=st.none() | days, order=st.randoms())
def test_every_day_has_the_answer_of_a_walk_by_hand_whatever_the_order(timeline, day, begun, order):
    shuffled = [*timeline]
    order.shuffle(shuffled)
    assert in_use(shuffled, day, begun=begun) == by_hand(timeline, day, begun)


@given(timeline=timelines(), day=days)
def test_a_new_case_goes_by_what_is_used_that_day(timeline, day):
    found = in_use(timeline, day, begun=day)
    assert found == next((one for one in timeline if one.covers(day)), None)


held_days = st.lists(days, max_size=8)


@given(opened=days, held=held_days, months=st.integers(1, 12))
def test_the_next_meeting_is_so_many_months_after_the_last_one_held_and_never_before_it(opened, held, months):
    given_ = {"interval_months": months, "first_months": months}
    found = next_contact(rule_set("contact-2007"), opened=opened, held=held, given=given_)
    last = max([day for day in held if day >= opened], default=opened)
    assert found.counted_from == last
    assert found.due == D.fromordinal(add_months(last.toordinal(), months)) > last


@given(opened=days, held=held_days, since=st.none() | days)
def test_talks_of_the_first_months_lie_inside_them_and_one_more_talk_is_never_due_earlier(opened, held, since):
    rules = rule_set("contact-2026-07")
    found = next_contact(rules, opened=opened, held=held, benefit="ledighedsydelse", since=since)
    end = D.fromordinal(add_months(opened.toordinal(), 6))
    assert (found.due is None) == (found.number == 0)
    if found.due:
        assert opened < found.due < end
        more = next_contact(rules, opened=opened, held=[*held, opened], benefit="ledighedsydelse", since=since)
        assert more.due is None or more.due > found.due


def test_everybody_has_a_first_talk_and_old_cases_are_not_called_in_for_months_long_gone():
    rules, opened = rule_set("contact-2026-07"), D(2024, 1, 1)
    assert next_contact(rules, opened=opened, held=[], benefit="sygedagpenge").of == 1
    assert next_contact(rules, opened=opened, held=[], benefit="dagpenge", since=D(2026, 7, 1)).due is None
    late = next_contact(rules, opened=opened, held=[D(2024, 9, 1)], benefit="dagpenge", given={"later_months": 3})
    assert late.due == D(2024, 12, 1)

"""The one stream of a case."""

import pytest
from django.utils import translation

from jobformidler.casework import actions, timeline
from jobformidler.casework.enums import ContactKind
from jobformidler.citizens import actions as citizens
from jobformidler.core.events import KINDS


@pytest.fixture(autouse=True)
def _danish():
    """Sentences as users read them."""
    with translation.override("da"):
        yield


def test_the_timeline_names_who_did_what_with_whom(case, hold_first):
    hold_first()
    newest = timeline.page(case).entries[0]
    assert newest.sentence == "Line og Peter holdt første samtale med Mona"
    assert newest.who == "Line Askeløv"
    assert "Skriv CV sammen" in dict(newest.lines)["Næste skridt"]


def test_what_only_repeats_another_entry_is_left_out(case, hold_first):
    hold_first()
    assert "case.reached" not in {entry.kind for entry in timeline.page(case).entries}


def test_a_withdrawn_registration_stays_struck_out_with_its_reason(case, world, later, hold_first):
    contact = hold_first()
    actions.withdraw(row=contact, by=world.peter, at=later(1), reason="Forkert borger")
    withdrawal, struck = timeline.page(case).entries[:2]
    assert (struck.struck, struck.struck_reason) == (True, "Forkert borger")
    assert (withdrawal.struck, withdrawal.who) == (False, "Peter Havreholm")
    assert "Forkert borger" in dict(withdrawal.lines).values()


def test_a_correction_is_visible_on_the_entry_it_corrects(case, world, later, hold_first):
    contact = hold_first()
    actions.correct_contact(
        contact=contact, version=None, by=world.line, at=later(1), reason="Det var på rådhuset", place="Rådhuset"
    )
    original = next(entry for entry in timeline.page(case).entries if entry.kind == "case.first_conversation_held")
    assert original.corrected == "Det var på rådhuset"


def test_the_stream_is_filtered_by_group(case, world, now, hold_first):
    hold_first()
    actions.write_note(case=case, text="Vil gerne ringes op", by=world.line, at=now)
    found = timeline.page(case, group="note").entries
    assert [entry.lines for entry in found] == [(("Notat", "Vil gerne ringes op"),)]
    assert dict(timeline.groups(case))["note"] == 1


def test_the_stream_is_paged_without_gaps_or_doubles(case, world, now):
    for number in range(7):
        actions.write_note(case=case, text=f"Notat {number}", by=world.line, at=now)
    seen, before = [], None
    while True:
        page = timeline.page(case, group="note", before=before, size=3)
        seen += [dict(entry.lines)["Notat"] for entry in page.entries]
        before = page.next
        if before is None:
            break
    assert seen == [f"Notat {number}" for number in reversed(range(7))]


def test_a_long_timeline_takes_no_more_queries_than_a_short_one(
    case, world, now, later, hold_first, django_assert_max_num_queries
):
    hold_first()
    for number in range(20):
        actions.write_note(case=case, text=f"Notat {number}", by=world.line, at=now)
        actions.register_contact(
            case=case, kind=ContactKind.CONTACT, held_at=later(1), by=world.line, at=later(1, hours=1)
        )
    with django_assert_max_num_queries(8):
        assert len(timeline.page(case, size=50).entries) > 40


def test_what_the_citizen_says_stands_in_the_same_stream(case, world, later):
    citizens.add_wish(citizen=case.citizen, text="Et sted, hvor nogen regner med mig", by=world.line, at=later(1))
    entry = timeline.page(case).entries[0]
    assert entry.sentence == "Line skrev et jobønske fra Mona ned"
    assert "Et sted, hvor nogen regner med mig" in dict(entry.lines).values()


def test_the_system_has_a_name_too(case, now):
    actions.write_note(case=case, text="Fra fagsystemet", by=None, at=now)
    assert timeline.page(case).entries[0].who == "Systemet"


def test_every_kind_of_casework_and_citizens_has_a_sentence_without_gaps(case):
    from jobformidler.core.models import Event

    for kind in KINDS.values():
        if kind.name.startswith(("case.", "citizen.")):
            event = Event(kind=kind.name, payload={}, actor_label="Mona")
            assert timeline.sentence(event, "Mona").strip()
            assert kind.group in timeline.GROUPS

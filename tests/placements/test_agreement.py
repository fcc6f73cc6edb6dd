"""The work agreement: filled from what is known, complete, versioned."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.citizens.actions import share_consideration
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions, agreement, prefill
from jobformidler.placements.enums import Party, PlacementStatus


def test_an_ordinary_agreement_is_complete_without_anybody_typing(draft):
    assert actions.missing(draft) == []


def test_it_begins_on_a_monday_a_week_ahead_and_lasts_thirteen_weeks(draft):
    assert draft.content["starts_on"] == "2026-11-30"
    assert draft.content["last_on"] == "2027-02-26"
    assert draft.placement.ends_on == dt.date(2027, 2, 27)


def test_the_plan_is_proposed_from_the_places_tasks(draft):
    assert [(s["task"], s["paid_hours"], s["planned_on"]) for s in draft.content["steps"]] == [
        ("Prisskilte", "2", "2026-12-28"),
        ("Varemodtagelse", "5", "2027-01-25"),
        ("Varemodtagelse", "10", "2027-02-22"),
    ]


def test_the_proposed_plan_lies_inside_the_period_and_says_why(draft, world, now):
    assert max(step["planned_on"] for step in draft.content["steps"]) <= draft.content["last_on"]
    assert prefill.plan_words(draft.content) == (
        "Dagene er et forslag: Trinene ligger 4, 8 og 12 uger efter start, så hvert trin når at blive prøvet før sidste"
        " dag 26.\xa0februar. Aftal dem med virksomheden."
    )
    version = actions.change_agreement(version=draft, field="last_on", value="2027-02-12", by=world.line, at=now)
    assert prefill.plan_words(version.content) == (
        "Et trin er planlagt til 22.\xa0februar, efter sidste dag 12.\xa0februar. Vælg en tidligere dag, eller lad"
        " forløbet vare længere."
    )


@pytest.mark.parametrize(("weeks", "steps"), [(2, 1), (6, 1), (9, 2), (26, 3)])
def test_a_shorter_period_gets_the_steps_it_has_room_for(world, now, case, workplace, opening, weeks, steps):
    first = dt.date(2026, 11, 30)
    last = first + dt.timedelta(weeks=weeks, days=-3)
    version = actions.new_agreement(
        case=case,
        workplace=workplace,
        opening=opening,
        hours_discussed=True,
        starts_on=first,
        last_on=last,
        by=world.line,
        at=now,
    )
    planned = [step["planned_on"] for step in version.content["steps"]]
    assert len(planned) == steps
    assert all(str(first) <= day <= str(last) for day in planned)


def test_only_considerations_the_citizen_has_agreed_to_share_reach_the_workplace(draft):
    assert draft.content["considerations"] == ["Start efter kl. 9"]


def test_goal_and_small_steps_come_from_the_plan(draft):
    assert (draft.content["goal"], draft.content["sub_goals"]) == ("10 timer på lageret", ["Tager imod leverancen"])


def test_the_director_signs_and_the_storeman_is_the_contact_person(draft):
    assert draft.content["representative"]["name"] == "Tora Gyvel"
    assert draft.content["contact"]["name"] == "Torben Enebær"


def test_a_place_that_expects_no_paid_hours_leaves_the_purpose_to_people(world, now, case, workplace):
    version = actions.new_agreement(case=case, workplace=workplace, hours_discussed=False, by=world.line, at=now)
    assert "purpose" in dict(actions.missing(version))


@pytest.mark.parametrize("purpose", ["competences", "clarify"])
def test_purposes_without_hours_need_a_next_step_on_the_way_to_ordinary_hours(draft, purpose):
    content = {**draft.content, "purpose": purpose, "steps": []}
    assert [m.field for m in agreement.missing(content)] == ["next_step"]
    assert agreement.missing({**content, "next_step": "Løntimer i køkkenet"}) == []


def test_the_clause_about_paid_hours_stands_there_and_taking_it_out_asks_why(draft):
    assert draft.content["clause"] is True
    content = {**draft.content, "clause": False}
    assert [m.field for m in agreement.missing(content)] == ["clause_removed_reason"]


def test_a_step_without_date_says_so_and_proposes_one(draft):
    steps = [*draft.content["steps"]]
    steps[2] = {**steps[2], "planned_on": None}
    ((field, sentence),) = agreement.missing({**draft.content, "steps": steps})
    assert field == "steps.2.planned_on"
    assert "10" in sentence
    assert "22" in sentence


def test_without_contact_person_a_reason_is_enough(draft):
    content = {**draft.content, "contact": None}
    assert [m.field for m in agreement.missing(content)] == ["contact"]
    assert agreement.missing({**content, "no_contact_reason": "Torben er syg, ny uge 50"}) == []


def test_days_that_do_not_add_up_are_told(draft):
    assert [m.field for m in agreement.missing({**draft.content, "hours": "12"})] == ["days"]


def test_the_days_follow_the_hours_until_somebody_writes_them(world, now, draft):
    version = actions.change_agreement(version=draft, field="hours", value="20", by=world.line, at=now)
    assert agreement.planned_total(version.content["days"]) == 20


def test_every_field_of_the_schema_is_in_a_filled_agreement_and_no_other(draft):
    assert set(draft.content) == set(agreement.FIELDS)


def test_each_field_stands_in_one_of_nine_paragraphs():
    assert {field.paragraph for field in agreement.FIELDS.values()} == set(agreement.PARAGRAPHS) == set(range(1, 10))


def test_the_digest_does_not_depend_on_the_order_of_keys(draft):
    assert agreement.digest(dict(reversed(draft.content.items()))) == agreement.digest(draft.content)


def test_a_new_name_as_contact_person_is_registered_at_the_workplace(world, now, draft, workplace):
    version = actions.change_agreement(
        version=draft, field="contact", value="Kim Slåen, vaskerileder", by=world.line, at=now
    )
    person = workplace.contacts.get(name="Kim Slåen")
    assert version.content["contact"] == {"id": person.pk, "name": "Kim Slåen", "title": "vaskerileder"}
    draft.placement.refresh_from_db()
    assert draft.placement.contact_id == person.pk


def test_a_stale_change_shows_both_values(world, now, draft):
    seen = agreement.stamp(draft.content["tasks"])
    actions.change_agreement(version=draft, field="tasks", value="Kører skilte", by=world.line, at=now, seen=seen)
    with pytest.raises(StaleError) as caught:
        actions.change_agreement(version=draft, field="tasks", value="Fejer", by=world.peter, at=now, seen=seen)
    assert (caught.value.mine, caught.value.theirs) == ({"tasks": "Fejer"}, {"tasks": "Kører skilte"})


@pytest.mark.parametrize(
    ("field", "value"),
    [("starts_on", "snart"), ("hours", "40"), ("purpose", "x"), ("citizen", "En anden"), ("visit_days", "0")],
)
def test_values_that_cannot_stand_in_the_agreement_are_refused(world, now, draft, field, value):
    with pytest.raises(ActionError):
        actions.change_agreement(version=draft, field=field, value=value, by=world.line, at=now)


def test_steps_must_grow(world, now, placement):
    rows = [{"task": "a", "paid_hours": "5"}, {"task": "b", "paid_hours": "5"}]
    with pytest.raises(ActionError):
        actions.set_steps(placement=placement, steps=rows, by=world.line, at=now)


def test_sending_freezes_the_version_and_mails_each_party_a_link(world, now, placement):
    links = actions.send_for_signature(placement=placement, by=world.line, at=now)
    version = placement.sent_version
    assert placement.status == PlacementStatus.AWAITING_SIGNATURE
    assert version.digest == agreement.digest(version.content)
    assert {link.party for link in links} == {Party.CITIZEN, Party.EMPLOYER}
    assert {mail.to for mail in OutgoingMail.objects.all()} == {"mona@example.test", "tora@example.test"}


def test_mails_name_neither_citizen_nor_topic(world, now, placement):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    for mail in OutgoingMail.objects.all():
        for word in ("Mona", "Havtorn", "praktik", "Trælast", "kontanthjælp"):
            assert word.lower() not in (mail.subject + mail.body).lower()


def test_nothing_is_sent_while_something_is_missing(world, now, draft, placement):
    actions.change_agreement(version=draft, field="tasks", value="", by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.send_for_signature(placement=placement, by=world.line, at=now)
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.DRAFT


def test_a_change_that_touches_one_party_asks_only_that_party_again(world, now, placement, sign):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    version = actions.change_agreement(
        version=placement.sent_version, field="contact", value="Kim Slåen", by=world.line, at=now
    )
    assert (version.number, version.changed) == (2, ["contact"])
    assert placement.versions.get(number=1).content["contact"]["name"] == "Torben Enebær"
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.DRAFT
    (link,) = actions.send_for_signature(placement=placement, by=world.line, at=now)
    assert link.party == Party.EMPLOYER
    mine = {row.party: row for row in placement.sent_version.confirmations.all()}
    assert mine[Party.CITIZEN].carried_from.version.number == 1
    assert mine[Party.CITIZEN].digest == placement.versions.get(number=1).digest
    sign(placement, Party.EMPLOYER, by=world.line)
    assert placement.status == PlacementStatus.AWAITING_APPROVAL


def test_a_typo_nobody_signed_for_leaves_signatures_and_approval(world, now, placement, sign):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    actions.approve(placement=placement, by=world.peter, at=now)
    actions.change_agreement(
        version=placement.sent_version, field="help_by", value="inden kl. 10", by=world.line, at=now
    )
    assert actions.send_for_signature(placement=placement, by=world.line, at=now) == []
    assert placement.status == PlacementStatus.APPROVED


def test_a_change_the_parties_sign_again_needs_a_new_approval(world, now, placement, sign):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    actions.approve(placement=placement, by=world.peter, at=now)
    actions.change_agreement(version=placement.sent_version, field="place", value="Kontoret", by=world.line, at=now)
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    assert placement.status == PlacementStatus.AWAITING_APPROVAL
    assert placement.approved_on is None


def test_nobody_can_sign_an_older_version(world, now, placement):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    old = placement.sent_version
    actions.change_agreement(version=old, field="tasks", value="Kører skilte", by=world.line, at=now)
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    with pytest.raises(ActionError, match="2"):
        actions.confirm(version=old, party=Party.CITIZEN, name="Mona", digest=old.digest, at=now, by=world.line)


def test_nobody_can_sign_another_text_than_the_one_that_was_sent(world, now, placement):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.confirm(
            version=placement.sent_version, party=Party.CITIZEN, name="Mona", digest="0" * 64, at=now, by=world.line
        )


def test_while_the_agreement_is_being_changed_nobody_signs(world, now, placement):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    version = placement.sent_version
    actions.change_agreement(version=version, field="tasks", value="Kører skilte", by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.confirm(version=version, party=Party.CITIZEN, name="Mona", digest=version.digest, at=now, by=world.line)


def test_one_sees_who_has_read_and_signed_what(world, now, placement, sign):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    actions.mark_read(version=placement.sent_version, party=Party.EMPLOYER, at=now, by=world.line)
    sign(placement, Party.CITIZEN, by=world.line)
    citizen, employer = actions.signers(placement, now)
    assert (citizen.name, citizen.signed_at, citizen.can_remind) == ("Mona Havtorn", now, False)
    assert (employer.name, employer.read_number, employer.signed_at) == ("Tora Gyvel", 1, None)


def test_the_last_agreement_with_the_workplace_hands_over_words_but_nothing_about_the_other(
    world, now, draft, case, workplace, moment
):
    actions.change_agreement(version=draft, field="insurance", value="Trælastens egne ord", by=world.line, at=now)
    actions.send_for_signature(placement=draft.placement, by=world.line, at=now)
    other = draft.placement.case
    citizen = world.citizen("Jonas Klitrose", 2)
    from jobformidler.casework import actions as casework

    second = casework.open_case(
        citizen=citizen, unit=world.unit, by=world.peter, at=now, jobformidler=world.line, caseworker=world.peter
    )
    casework.register_contact(case=second, kind="conversation", held_at=now, by=world.line, at=now)
    version = actions.new_agreement(case=second, workplace=workplace, hours_discussed=True, by=world.line, at=now)
    assert version.content["insurance"] == "Trælastens egne ord"
    assert other.citizen.first_name not in str(version.content)
    assert version.content["considerations"] == []


def test_an_opening_never_has_more_agreements_out_than_places(world, now, placement, workplace, opening):
    from jobformidler.casework import actions as casework

    actions.send_for_signature(placement=placement, by=world.line, at=now)
    second = casework.open_case(
        citizen=world.citizen("Jonas Klitrose", 2), unit=world.unit, by=world.peter, at=now, jobformidler=world.line
    )
    casework.register_contact(case=second, kind="conversation", held_at=now, by=world.line, at=now)
    version = actions.new_agreement(
        case=second, workplace=workplace, opening=opening, hours_discussed=True, by=world.line, at=now
    )
    version = actions.change_agreement(version=version, field="goal", value="Lageret", by=world.line, at=now)
    with pytest.raises(ActionError, match="1"):
        actions.send_for_signature(placement=version.placement, by=world.line, at=now)
    actions.drop(placement=placement, reason="Mona vil hellere i køkkenet", by=world.line, at=now)
    actions.send_for_signature(placement=version.placement, by=world.line, at=now)


def test_a_workplace_is_contacted_only_about_somebody_we_have_met(world, now, workplace):
    from jobformidler.casework import actions as casework

    case = casework.open_case(
        citizen=world.citizen("Karin Mosebølle", 3), unit=world.unit, by=world.peter, at=now, jobformidler=world.line
    )
    with pytest.raises(ActionError, match="Karin"):
        actions.propose(case=case, workplace=workplace, by=world.line, at=now)


def test_a_stranger_proposes_nothing(world, now, case, workplace):
    with pytest.raises(PermissionDenied):
        actions.propose(case=case, workplace=workplace, by=world.nadia, at=now)


def test_every_action_tells_what_happened_once(draft):
    kinds = [e.kind for e in Event.objects.filter(subject_type="placements.placement").order_by("pk")]
    assert kinds == ["placement.proposed", "placement.dialogue_opened", "placement.agreement_drafted"]


def test_a_consideration_the_citizen_has_not_shared_cannot_be_written_into_the_agreement(world, now, draft):
    with pytest.raises(ActionError):
        actions.change_agreement(
            version=draft, field="considerations", value=["Bliver træt af larm"], by=world.line, at=now
        )


def test_a_yes_that_is_taken_back_stops_the_sending(world, now, placement):
    for row in placement.case.citizen.considerations.all():
        share_consideration(consideration=row, may_share=False, by=world.line, at=now)
    with pytest.raises(ActionError, match="Start efter"):
        actions.send_for_signature(placement=placement, by=world.line, at=now)


def test_an_unsent_version_cannot_be_read_as_one_to_sign(world, now, draft):
    with pytest.raises(ActionError):
        actions.mark_read(version=draft, party=Party.CITIZEN, at=now, by=world.line)

"""Writes about the target group (CIT-04, -05, -17, -18, -23) and the six weeks' chosen education (RULE-14)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.models import Membership, User
from jobformidler.accounts.perms import administers
from jobformidler.casework import education
from jobformidler.casework import target_events as kinds
from jobformidler.casework.authority import may_decide
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.models import (
    Case,
    ChosenEducation,
    EffortNote,
    GroupNote,
    GroupText,
    MatchNote,
    PensionQuestion,
    Review,
)
from jobformidler.casework.target_enums import (
    AUTHORITY_ONLY,
    REVIEWED,
    Effort,
    MatchGroup,
    PensionAnswer,
    ReviewStep,
    TargetGroup,
)
from jobformidler.casework.writing import still_open, tenant, told, working
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.core.rows import change, create
from jobformidler.registers.models import FleksjobApproval

LONGEST = 1000


def _deciding(case: Case, by: User | None, at: dt.datetime, kind: str) -> dt.date:
    """The local day of `at`, when `by` decides this kind in the open case. Raises PermissionDenied otherwise."""
    day = local_date(at)
    allow(may_decide(by, case, kind, day))
    still_open(case)
    return day


def _not_ahead(on: dt.date, day: dt.date, field: str) -> None:
    check(on <= day, _("The day cannot lie ahead."), field)


@action
def note_group(*, case: Case, group: str, since: dt.date, by: User | None, at: dt.datetime, why: str = "") -> GroupNote:
    """Note which group of the 3-group model the citizen is in from a day on (CIT-04). Only an authority caseworker.

    Earlier notes stay; the newest day counts. The event names no group, and for the third group no citizen either.
    """
    day = _deciding(case, by, at, DecisionKind.REFERRAL)
    check(group in TargetGroup.values, _("Choose a group."), "group")
    check(len(why) <= LONGEST, _("At most %(n)s letters.") % {"n": LONGEST}, "why")
    _not_ahead(since, day, "since")
    row = create(GroupNote, **tenant(case), group=group, since=since, why=why.strip() or None, by=by)
    citizen = None if group in AUTHORITY_ONLY else case.citizen_id
    record(kinds.GROUP_NOTED, row, by=by, at=at, citizen_id=citizen)
    return row


@action
def word_group(
    *,
    municipality: Municipality,
    group: str,
    name: str,
    status: str,
    focus: str,
    by: User | None,
    at: dt.datetime,
    version: int | None = None,
) -> GroupText:
    """The municipality's own words for a group of the model (CIT-04). Only its administrator.

    Raises StaleError when somebody saved other words since `version` was read.
    """
    allow(administers(by, municipality, local_date(at)))
    check(group in TargetGroup.values, _("Choose a group."), "group")
    words: dict[str, Any] = {"name": name.strip(), "status": status.strip(), "focus": focus.strip()}
    for field, text in words.items():
        check(text, _("Write a few words."), field)
    row = GroupText.objects.filter(municipality=municipality, group=group).first()
    if row is None:
        row = create(GroupText, municipality_id=municipality.pk, group=group, **words)
    elif not change(row, version=version, **words):
        return row
    record(kinds.GROUP_WORDED, row, by=by, at=at)
    return row


@action
def note_match(
    *, case: Case, category: str, since: dt.date, source: str, by: User | None, at: dt.datetime
) -> MatchNote:
    """Keep a match category as it was told, with its date and source (CIT-05). Nothing is decided by it."""
    day = _deciding(case, by, at, DecisionKind.REFERRAL)
    check(category in MatchGroup.values, _("Choose a match category."), "category")
    check(source.strip(), _("Write where it comes from."), "source")
    _not_ahead(since, day, "since")
    row = create(MatchNote, **tenant(case), category=category, since=since, source=source.strip(), by=by)
    record(kinds.MATCH_NOTED, row, by=by, at=at)
    return row


@action
def note_effort(
    *, case: Case, status: str, on: dt.date, by: User | None, at: dt.datetime, note: str = ""
) -> EffortNote:
    """Note how far the municipality's own effort has come on a day (CIT-23)."""
    day = working(case, by, at)
    still_open(case)
    check(status in Effort.values, _("Choose how far it has come."), "status")
    _not_ahead(on, day, "on")
    row = create(EffortNote, **tenant(case), status=status, on=on, note=note.strip(), by=by)
    told(case, kinds.EFFORT_NOTED, row, by=by, at=at)
    return row


@action
def note_review(
    *,
    case: Case,
    approval: FleksjobApproval,
    step: str,
    on: dt.date,
    by: User | None,
    at: dt.datetime,
    note: str = "",
) -> Review:
    """Note that an approval to fleksjob is to be assessed anew on a day, or was (CIT-17). Only an authority caseworker.

    Raises ActionError for an approval of somebody else or one that has ended, for a plan in the past and for an
    assessment that lies ahead.
    """
    day = _deciding(case, by, at, DecisionKind.FLEKSJOB_APPROVAL)
    check(step in ReviewStep.values, _("Choose what is to be noted."), "step")
    standing = approval.ended_on is None or approval.ended_on > day
    check(approval.citizen_id == case.citizen_id and standing, _("There is no approval to assess."))
    if step in REVIEWED:
        _not_ahead(on, day, "on")
    else:
        check(on >= day, _("Choose a day from today on."), "on")
    row = create(Review, **tenant(case), approval=approval, step=step, on=on, note=note.strip(), by=by)
    told(case, kinds.REVIEW_NOTED, row, by=by, at=at)
    return row


@action
def answer_pension_question(*, case: Case, answer: str, why: str, by: User | None, at: dt.datetime) -> PensionQuestion:
    """Answer whether førtidspension can be applied for on the papers that are there (CIT-18).

    Whoever decides on starting a case about førtidspension answers, with date and name; that decision itself is made
    like any other (`prepare_decision`). The event carries no citizen: only the authority reads of it.
    """
    day = _deciding(case, by, at, DecisionKind.PENSION_CASE)
    check(answer in PensionAnswer.values, _("Choose an answer."), "answer")
    check(why.strip(), _("Write what the answer rests on."), "why")
    check(len(why) <= LONGEST, _("At most %(n)s letters.") % {"n": LONGEST}, "why")
    row = create(PensionQuestion, **tenant(case), answer=answer, answered_on=day, why=why.strip(), by=by)
    record(kinds.PENSION_ANSWERED, row, by=by, at=at)
    return row


@action
def note_education(
    *,
    case: Case,
    title: str,
    starts_on: dt.date,
    ends_on: dt.date,
    responsible: User,
    by: User | None,
    at: dt.datetime,
) -> ChosenEducation:
    """Note a course of the six weeks' chosen education, first and last day included (RULE-14).

    Raises ActionError when the days overlap another course or exceed the six weeks, or when the one responsible does not
    work here.
    """
    day = working(case, by, at)
    still_open(case)
    check(title.strip(), _("Write which education it is."), "title")
    check(ends_on >= starts_on, _("The end must not be before the start."), "ends_on")
    works = Membership.objects.active_on(day).filter(user=responsible, municipality_id=case.municipality_id)
    check(works.exists(), _("Choose somebody who works here."), "responsible")
    others = list(ChosenEducation.objects.filter(case=case, withdrawn_at=None).values_list("starts_on", "ends_on"))
    check(
        not any(first <= ends_on and last >= starts_on for first, last in others),
        _("Another education lies in these days."),
        "starts_on",
    )
    left = education.used(others, day).left
    wanted = (ends_on - starts_on).days + 1
    text = ngettext("Only %(n)s day of the six weeks is left.", "Only %(n)s days of the six weeks are left.", left)
    check(wanted <= left, text % {"n": left}, "ends_on")
    row = create(
        ChosenEducation,
        **tenant(case),
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        responsible=responsible,
        by=by,
    )
    told(case, kinds.EDUCATION_NOTED, row, by=by, at=at)
    return row

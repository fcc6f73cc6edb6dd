"""Decisions: recommended, prepared, decided, delivered, corrected, taken up again (GOV-07, PROV-27)."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import decision_events as kinds
from jobformidler.casework.authority import TABLE, decider_powers, follow_for, may_decide
from jobformidler.casework.deadlines import COMPLAINT_WEEKS, weeks_after
from jobformidler.casework.deciding import apply, move, tell
from jobformidler.casework.decision_enums import Answer, DecisionStatus
from jobformidler.casework.decision_letters import decision_letter, guidance
from jobformidler.casework.decision_transitions import DECISION
from jobformidler.casework.models import Case, Decision
from jobformidler.casework.writing import still_open, tenant, working
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check, check_version
from jobformidler.core.rows import change, create, lock
from jobformidler.messaging.letters import keep_letter

LETTER = "decision"
#: What the caseworker writes while the decision is prepared.
EDITABLE = frozenset({"title", "outcome", "law", "paragraph", "facts", "reasons", "no_hearing_reason"})
#: What an obvious error may be corrected in, after the decision: never what was decided.
CORRECTABLE = frozenset({"title", "facts", "reasons", "paragraph"})
PREPARED = (DecisionStatus.DRAFT, DecisionStatus.READY)


@action
def prepare_decision(
    *,
    case: Case,
    kind: str,
    title: str,
    by: User,
    at: dt.datetime,
    recommendation: str = "",
    subject: models.Model | None = None,
    outcome: str = "",
    paragraph: str = "",
    facts: str = "",
    reasons: str = "",
) -> Decision:
    """Begin a decision. From somebody without authority for this kind it becomes a recommendation for the caseworker.

    `recommendation`: what is recommended and why; needed without authority. Raises PermissionDenied for strangers.
    """
    day = working(case, by, at)
    still_open(case)
    check(kind in TABLE, _("Choose what is to be decided."), "kind")
    mine = may_decide(by, case, kind, day)
    said = recommendation.strip()
    check(mine or said, _("Write what you recommend, and why."), "recommendation")
    rule = TABLE[kind]
    decision = create(
        Decision,
        **tenant(case),
        kind=kind,
        title=title.strip(),
        status=DecisionStatus.DRAFT if mine else DecisionStatus.RECOMMENDED,
        status_since=day,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        outcome=outcome,
        law=str(rule.law),
        paragraph=paragraph.strip() or str(rule.paragraph),
        facts=facts.strip() or None,
        reasons=reasons.strip() or None,
        by=by,
        recommended_by=None if mine else by,
        recommended_at=None if mine else at,
        recommendation=said or None,
    )
    tell(decision, kinds.PREPARED if mine else kinds.RECOMMENDED, by, at)
    return decision


@action
def edit_decision(
    *, decision: Decision, by: User, at: dt.datetime, version: int | None = None, **changes: Any
) -> Decision:
    """Write on a decision that is being prepared (EDITABLE). Only who may decide it; StaleError for an old version."""
    allow(may_decide(by, decision.case, decision.kind, clock.local_date(at)))
    unknown = set(changes) - EDITABLE
    if unknown:
        raise TypeError(f"not to be edited: {sorted(unknown)}")
    lock(decision)
    check(decision.status in PREPARED, _("Only a decision that is being prepared can be changed."))
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    for name in ("facts", "reasons"):
        if name in cleaned:
            cleaned[name] = cleaned[name] or None
    if change(decision, version=version, **cleaned):
        tell(decision, kinds.EDITED, by, at)
    return decision


@action
def accept_recommendation(*, decision: Decision, by: User, at: dt.datetime) -> Decision:
    """Follow the recommendation: carried out at once when it is about a placement or the like, else prepared."""
    follow = follow_for(decision.subject_type)
    if follow is not None:
        allow(may_decide(by, decision.case, decision.kind, clock.local_date(at)))
        check(decision.status == DecisionStatus.RECOMMENDED, _("This has already changed. Load the page again."))
        assert decision.subject_id is not None
        follow(decision.subject_id, by, at)
        return lock(decision)
    move(decision, "prepare", by=by, at=at)
    tell(decision, kinds.FOLLOWED, by, at)
    return decision


@action
def reject_recommendation(*, decision: Decision, reason: str, by: User, at: dt.datetime) -> Decision:
    """Do not follow the recommendation, and tell the one who made it why."""
    move(decision, "reject", by=by, at=at, reason=reason, rejected_reason=reason.strip() or None)
    tell(decision, kinds.REJECTED, by, at)
    return decision


@action
def decide(*, decision: Decision, by: User, at: dt.datetime, version: int | None = None) -> Decision:
    """Decide, with who, when, paragraph and guidance; the letter is drawn and kept (GOV-07).

    Raises ActionError with what is missing: outcome, paragraph, facts, reasons, the hearing.
    """
    lock(decision)
    check_version(decision, version, {"status": decision.status})
    check(version is None or version == decision.version, _("Somebody has changed the decision. Read it again."))
    move(decision, "decide", by=by, at=at, decided_by=by, decided_at=at, guidance=guidance(decision))
    _supersede(decision, by, at)
    _keep(decision, by, at)
    tell(decision, kinds.DECIDED, by, at)
    return decision


@action
def decide_at_once(
    *,
    case: Case,
    kind: str,
    title: str,
    subject: models.Model,
    by: User,
    at: dt.datetime,
    outcome: str = Answer.GRANTED,
    paragraph: str = "",
    facts: str = "",
    reasons: str = "",
    no_hearing_reason: str = "",
) -> Decision:
    """Record a decision that is taken together with what it is about (an approval). A waiting recommendation is it.

    The rule's own law and paragraph stand as basis, unless another paragraph is named. The caller records what happened.
    Raises PermissionDenied for whoever may not decide this kind, ActionError with what is missing for a burden.
    """
    day = clock.local_date(at)
    allow(may_decide(by, case, kind, day))
    label = subject._meta.label_lower
    rule = TABLE[kind]
    decision = Decision.objects.select_for_update().filter(
        case=case, kind=kind, subject_type=label, subject_id=subject.pk, status=DecisionStatus.RECOMMENDED
    ).first() or Decision(
        **tenant(case),
        kind=kind,
        title=title[:160],
        status=DecisionStatus.DRAFT,
        status_since=day,
        subject_type=label,
        subject_id=subject.pk,
        by=by,
    )
    decision.law, decision.paragraph, decision.outcome = str(rule.law), paragraph or str(rule.paragraph), outcome
    decision.facts, decision.reasons = facts or decision.facts, reasons or decision.reasons
    decision.no_hearing_reason = no_hearing_reason or decision.no_hearing_reason
    apply(
        decision,
        "decide_at_once",
        powers=decider_powers(by, case, kind, day),
        day=day,
        decided_by=by,
        decided_at=at,
        guidance=guidance(decision),
    )
    return decision


@action
def deliver_decision(
    *, decision: Decision, on: dt.date, how: str, by: User, at: dt.datetime, receipt: str = ""
) -> Decision:
    """Note how and when the letter reached the citizen; from that day the four weeks to complain run (GOV-10)."""
    day = clock.local_date(at)
    check(on <= day, _("The day has not come yet."), "on")
    check(
        decision.decided_at is None or on >= clock.local_date(decision.decided_at),
        _("A decision is delivered after it is decided."),
        "on",
    )
    move(
        decision,
        "deliver",
        by=by,
        at=at,
        delivered_on=on,
        delivery=how,
        receipt=receipt.strip(),
        complaint_until=weeks_after(on, COMPLAINT_WEEKS),
    )
    tell(decision, kinds.DELIVERED, by, at)
    return decision


@action
def correct_decision(*, decision: Decision, what: str, by: User, at: dt.datetime, **changes: Any) -> Decision:
    """Correct an obvious error in a decided letter; the old letter stays, a new version says what was corrected."""
    allow(may_decide(by, decision.case, decision.kind, clock.local_date(at)))
    check(what.strip(), _("Write what was wrong."), "what")
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise TypeError(f"not an obvious error: {sorted(unknown)}")
    lock(decision)
    check(
        decision.status in (DecisionStatus.DECIDED, DecisionStatus.DELIVERED),
        _("Only a decision that is made can be corrected."),
    )
    check(change(decision, **changes), _("Nothing is different from the letter that was sent."))
    _keep(decision, by, at, corrected=what.strip())
    tell(decision, kinds.CORRECTED, by, at)
    return decision


@action
def drop_decision(*, decision: Decision, reason: str, by: User, at: dt.datetime) -> Decision:
    """Give up a decision that was not made, and say why."""
    move(decision, "drop", by=by, at=at, reason=reason, changed_reason=reason.strip() or None)
    tell(decision, kinds.DROPPED, by, at)
    return decision


@action
def take_up_again(*, decision: Decision, reason: str, by: User, at: dt.datetime) -> Decision:
    """Prepare a new decision that will replace this one: changed by ourselves, or sent back by Ankestyrelsen.

    The old one stands until the new one is decided. Returns the new one.
    """
    day = clock.local_date(at)
    allow(may_decide(by, decision.case, decision.kind, day))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(decision)
    check(
        decision.status in DECISION.transitions["replace"].sources,
        _("Only a decision that is made can be replaced."),
    )
    check(
        not decision.replaced_by.exclude(status=DecisionStatus.DROPPED).exists(),
        _("A new decision is being prepared already."),
    )
    fresh = create(
        Decision,
        **tenant(decision.case),
        kind=decision.kind,
        title=decision.title,
        status=DecisionStatus.DRAFT,
        status_since=day,
        subject_type=decision.subject_type,
        subject_id=decision.subject_id,
        law=decision.law,
        paragraph=decision.paragraph,
        facts=decision.facts,
        by=by,
        replaces=decision,
        changed_reason=reason.strip(),
    )
    tell(decision, kinds.REPLACING, by, at)
    return fresh


def _supersede(decision: Decision, by: User, at: dt.datetime) -> None:
    if decision.replaces is not None:
        move(decision.replaces, "replace", by=by, at=at)


def _keep(decision: Decision, by: User, at: dt.datetime, corrected: str = "") -> None:
    content = decision_letter(decision, clock.local_date(at), corrected=corrected)
    keep_letter(content=content, kind=LETTER, subject=decision, by=by, at=at, citizen_id=decision.case.citizen_id)

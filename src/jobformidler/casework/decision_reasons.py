"""The reasons of decisions on the caseworker's work list."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jobformidler.casework import decision_events as kinds
from jobformidler.casework import words
from jobformidler.casework.attention import Action, Item, Scope, refresh_on, register_reason
from jobformidler.casework.decision_enums import Answer, ComplaintStatus, DecisionKind, DecisionStatus
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Attention, Complaint, Decision, Hearing
from jobformidler.core import clock

_DAY = dt.timedelta(days=1)


def _morning(day: dt.date) -> dt.datetime:
    return clock.at_time(day, 0)


def _said(row: Attention) -> dict[str, str]:
    kind = row.facts["kind"]
    return {"name": row.citizen.short_name, "what": str(DecisionKind(kind).label) if kind else _("the effort")}


def _recommendations(scope: Scope) -> Iterable[Item]:
    rows = Decision.objects.filter(case__in=scope.case_ids, status=DecisionStatus.RECOMMENDED)
    for row in rows.select_related("recommended_by").only("case", "kind", "recommended_at", "recommended_by__name"):
        assert row.recommended_at is not None
        assert row.recommended_by is not None
        yield Item(
            row.case_id,
            since=row.recommended_at,
            visible_from=row.recommended_at,
            subject_id=row.pk,
            owner=CaseRole.CASEWORKER,
            facts={"kind": row.kind, "by": row.recommended_by.first_name},
        )


def _recommendation(row: Attention, now: dt.datetime) -> str:
    return _("%(by)s recommends for %(name)s: %(what)s. Read it and decide.") % {**_said(row), "by": row.facts["by"]}


def _read(row: Attention, now: dt.datetime) -> Action:
    return "decision", _("Read and decide")


def _hearings(scope: Scope) -> Iterable[Item]:
    """Visible when the citizen has answered, or the morning after the last day."""
    rows = Hearing.objects.filter(
        case__in=scope.case_ids, decision__status__in=(DecisionStatus.HEARING, DecisionStatus.READY)
    ).select_related("decision")
    newest: dict[int, Hearing] = {}
    for row in rows.only("case", "answered_at", "due_on", "decision__kind", "decision__status").order_by("pk"):
        newest[row.decision_id] = row
    for row in newest.values():
        over = row.answered_at or _morning(row.due_on + _DAY)
        yield Item(
            row.case_id,
            since=over,
            visible_from=over,
            subject_id=row.decision_id,
            owner=CaseRole.CASEWORKER,
            facts={"kind": row.decision.kind, "answered": row.answered_at is not None},
        )


def _hearing(row: Attention, now: dt.datetime) -> str:
    if row.facts["answered"]:
        return _("%(name)s has answered the hearing: %(what)s. Read it and decide.") % _said(row)
    return _("The time to answer has passed for %(name)s: %(what)s. Decide.") % _said(row)


def _undelivered(scope: Scope) -> Iterable[Item]:
    rows = Decision.objects.filter(case__in=scope.case_ids, status=DecisionStatus.DECIDED).exclude(
        outcome=Answer.GRANTED, subject_id__isnull=False
    )
    for row in rows.only("case", "kind", "decided_at"):
        assert row.decided_at is not None
        yield Item(
            row.case_id,
            since=row.decided_at,
            visible_from=row.decided_at,
            subject_id=row.pk,
            owner=CaseRole.CASEWORKER,
            facts={"kind": row.kind},
        )


def _undelivered_said(row: Attention, now: dt.datetime) -> str:
    return _("The decision for %(name)s is not sent: %(what)s. Send the letter and note how.") % _said(row)


def _deliver(row: Attention, now: dt.datetime) -> Action:
    return "decision", _("Open the letter")


def _complaints(scope: Scope) -> Iterable[Item]:
    rows = Complaint.objects.filter(
        case__in=scope.case_ids, status__in=(ComplaintStatus.RECEIVED, ComplaintStatus.REASSESSED)
    ).select_related("decision")
    for row in rows.only("case", "received_on", "reassess_by", "decision__kind"):
        got = _morning(row.received_on)
        yield Item(
            row.case_id,
            since=got,
            visible_from=got,
            due=_morning(row.reassess_by + _DAY),
            subject_id=row.pk,
            owner=CaseRole.CASEWORKER,
            facts={
                "kind": row.decision.kind if row.decision else "",
                "by": str(row.reassess_by),
            },
        )


def _complaint(row: Attention, now: dt.datetime) -> str:
    due = words.day_name(dt.date.fromisoformat(row.facts["by"]), clock.local_date(now))
    return _("%(name)s has complained: %(what)s. Look at it again no later than %(day)s.") % {**_said(row), "day": due}


def _answer(row: Attention, now: dt.datetime) -> Action:
    return "complaint", _("Look at it again")


register_reason(
    "recommendation", group="other", order=0, source=_recommendations, sentence=_recommendation, action=_read
)
register_reason("hearing_over", group="other", order=1, source=_hearings, sentence=_hearing, action=_read)
register_reason(
    "decision_undelivered", group="other", order=2, source=_undelivered, sentence=_undelivered_said, action=_deliver
)
register_reason("complaint_due", group="other", order=1, source=_complaints, sentence=_complaint, action=_answer)
refresh_on(*kinds.ALL)

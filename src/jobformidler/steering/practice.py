"""How the work is done, as shares with the cases they lack: ordinary hours raised, visits at the workplace, the tandem.

Every share is of the cases of a scope, so it can be had for a unit and a period; none is counted for one employee.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jobformidler.casework.enums import OPEN, CaseRole, ContactKind, Part
from jobformidler.casework.models import Assignment, Case, Contact, Participant
from jobformidler.placements.enums import PlacementStatus
from jobformidler.placements.models import Placement
from jobformidler.steering.contact import Share, talks
from jobformidler.steering.scope import Scope, among

if TYPE_CHECKING:
    from jobformidler.casework.querysets import CaseQuerySet

_FIRST = Q(kind=ContactKind.FIRST_CONVERSATION)
_FOLLOW_UP = Q(kind=ContactKind.FOLLOW_UP)
_RAISED = Q(ordinary_hours_raised=True)
_AT_WORKPLACE = Q(follow_up__at_workplace=True)
_JOINED = Q(joined=True)


@dataclass(frozen=True)
class Practice:
    """The seven shares.

    `talks`: talks of any kind in which ordinary hours were raised. `first_conversations`: in which they were raised
    (CON-02). `at_workplace`: follow-ups held there (CON-16). `first_visits`: first talks with a workplace in which
    ordinary hours were discussed (PLC-06). `tandem`: open cases with jobformidler and caseworker (JF-08).
    `continuity`: open cases with one jobformidler the whole way (JF-02). `joined`: follow-ups the caseworker took part
    in (JF-13).
    """

    talks: Share
    first_conversations: Share
    at_workplace: Share
    first_visits: Share
    tandem: Share
    continuity: Share
    joined: Share


def _contacts(scope: Scope) -> "QuerySet[Contact]":
    caseworker = Participant.objects.filter(contact=OuterRef("pk"), part=Part.CASEWORKER)
    return talks(scope).annotate(joined=Exists(caseworker)).order_by()


def _first_visits(scope: Scope) -> "QuerySet[Placement]":
    """Placements of the period a workplace was talked with about."""
    silent = Q(status=PlacementStatus.IDEA) | Q(status=PlacementStatus.DROPPED, hours_discussed=None)
    return Placement.objects.filter(~silent, among("case_id", scope.ids), created_on__gte=scope.since).order_by()


def _open(scope: Scope) -> "CaseQuerySet":
    """Open cases with `jobformidlers_met` and whether both roles of the tandem are `held` today."""

    def held(role: str) -> Exists:
        return Exists(Assignment.objects.active_on(scope.day).filter(case=OuterRef("pk"), role=role))

    cases: Any = Case.objects.filter(among("pk", scope.in_states(OPEN))).order_by()
    both = Q(held(CaseRole.JOBFORMIDLER)) & Q(held(CaseRole.CASEWORKER))
    return cases.annotate(held=both).with_jobformidlers_met(scope.day)


def practice(scope: Scope) -> Practice:
    """All seven. Three queries."""
    contacts = _contacts(scope).aggregate(
        all=Count("pk"),
        said=Count("pk", filter=_RAISED),
        first=Count("pk", filter=_FIRST),
        raised=Count("pk", filter=_FIRST & _RAISED),
        follow_ups=Count("pk", filter=_FOLLOW_UP),
        there=Count("pk", filter=_FOLLOW_UP & _AT_WORKPLACE),
        together=Count("pk", filter=_FOLLOW_UP & _JOINED),
    )
    visits = _first_visits(scope).aggregate(all=Count("pk"), said=Count("pk", filter=Q(hours_discussed=True)))
    cases = _open(scope).aggregate(
        all=Count("pk"),
        both=Count("pk", filter=Q(held=True)),
        met=Count("pk", filter=Q(jobformidlers_met__gte=1)),
        same=Count("pk", filter=Q(jobformidlers_met=1)),
    )
    return Practice(
        talks=Share(contacts["said"], contacts["all"]),
        first_conversations=Share(contacts["raised"], contacts["first"]),
        at_workplace=Share(contacts["there"], contacts["follow_ups"]),
        first_visits=Share(visits["said"], visits["all"]),
        tandem=Share(cases["both"], cases["all"]),
        continuity=Share(cases["same"], cases["met"]),
        joined=Share(contacts["together"], contacts["follow_ups"]),
    )


def _cases(scope: Scope, rows: "QuerySet") -> "QuerySet[Case]":
    return scope.cases.filter(pk__in=rows.values("case"))


def first_conversation_silent(scope: Scope) -> "QuerySet[Case]":
    """Cases whose first conversation in the period did not raise ordinary hours."""
    return _cases(scope, _contacts(scope).filter(_FIRST).exclude(_RAISED))


def followed_up_elsewhere(scope: Scope) -> "QuerySet[Case]":
    """Cases with a follow-up in the period that was not held at the workplace."""
    return _cases(scope, _contacts(scope).filter(_FOLLOW_UP).exclude(_AT_WORKPLACE))


def followed_up_alone(scope: Scope) -> "QuerySet[Case]":
    """Cases with a follow-up in the period the caseworker did not take part in."""
    return _cases(scope, _contacts(scope).filter(_FOLLOW_UP).exclude(_JOINED))


def first_visit_silent(scope: Scope) -> "QuerySet[Case]":
    """Cases with a first talk with a workplace in the period without, or with no word about, ordinary hours."""
    return _cases(scope, _first_visits(scope).exclude(hours_discussed=True))


def without_tandem(scope: Scope) -> "QuerySet[Case]":
    """Open cases that lack a jobformidler or a caseworker today."""
    return scope.cases.filter(pk__in=_open(scope).filter(held=False).values("pk"))


def met_several(scope: Scope) -> "QuerySet[Case]":
    """Open cases that have had more than one jobformidler."""
    return scope.cases.filter(pk__in=_open(scope).filter(jobformidlers_met__gt=1).values("pk"))

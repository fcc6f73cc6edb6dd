"""Who decides what: one table (GOV-07, PROV-27). What a decision rests on stands beside who may take it.

Authority is the municipality's own: a provider's people never have it, whatever their role, unless a kind can be
delegated and the relation to the citizen carries that power (RULE-12). Somebody without it recommends.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, User
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.models import Case
from jobformidler.casework.perms import AUTHORITY, powers
from jobformidler.citizens.models import Relation

#: The municipality's key person for aid at work, who may hold the right to grant it (HKO-05).
KEY_PERSON = "hko_keyperson"
#: Holds the power to decide a kind through the relation of an organisation (RULE-12).
DELEGATED = "delegated"


@dataclass(frozen=True)
class Rule:
    """One line of the table: who decides, by which law, and under which name the power can be delegated (empty: never).

    `paragraph` is proposed where one stands; whoever decides writes the paragraph in force and answers for it.
    """

    decides: frozenset[str]
    law: str | Promise
    paragraph: str | Promise = ""
    delegated_as: str = ""


_caseworker = frozenset({AUTHORITY})
_effort = _("the act on an active employment effort")

#: The one table.
TABLE: dict[str, Rule] = {
    DecisionKind.PLACEMENT_APPROVAL: Rule(_caseworker, _effort, _("the rules on internship at a workplace")),
    DecisionKind.FLEKSJOB_APPROVAL: Rule(_caseworker, _effort),
    DecisionKind.REFERRAL: Rule(_caseworker, _effort, _("the rules on referral to another provider")),
    DecisionKind.PLAN_DUTY: Rule(_caseworker, _effort, delegated_as="oblige"),
    DecisionKind.AVAILABILITY: Rule(_caseworker, _effort),
    DecisionKind.SANCTION: Rule(_caseworker, _("the act on active social policy")),
    DecisionKind.AID_GRANT: Rule(
        frozenset({AUTHORITY, KEY_PERSON}), _("the act on compensation to persons with disabilities in employment")
    ),
    DecisionKind.PENSION_CASE: Rule(_caseworker, _("the act on social pension")),
    DecisionKind.EFFORT_COMPLAINT: Rule(_caseworker, _("the Public Administration Act")),
    DecisionKind.OTHER: Rule(_caseworker, ""),
}

#: What a higher package does when a recommendation about one of its rows is followed: (row's key, by, at).
Follow = Callable[[int, User, dt.datetime], object]
_follow: dict[str, Follow] = {}


def decider_powers(user: User | None, case: Case, kind: str, day: dt.date) -> frozenset[str]:
    """Casework's powers in the case, with `authority` only when the user decides this kind there. Three or four queries.

    None is the system (importer, demo, handler), which never has authority.
    """
    found = powers(user, case, day)
    rule = TABLE[kind]
    if user is None or not user.is_active:
        return found - {AUTHORITY}
    may = bool(_own(user, case, day, found, rule) & rule.decides) or _delegated(user, case, rule, day)
    return found | {AUTHORITY} if may else found - {AUTHORITY}


def may_decide(user: User | None, case: Case, kind: str, day: dt.date) -> bool:
    """Whether the user decides this kind in the case on `day`, by own authority or by a delegated power."""
    return AUTHORITY in decider_powers(user, case, kind, day)


def _own(user: User, case: Case, day: dt.date, found: frozenset[str], rule: Rule) -> frozenset[str]:
    """Those of the rule's powers the user holds as one of the municipality's own people."""
    if not found & {AUTHORITY} and KEY_PERSON not in rule.decides:
        return frozenset()
    own = set(
        Membership.objects.active_on(day)
        .filter(
            user=user,
            municipality_id=case.municipality_id,
            organisation__kind=OrganisationKind.MUNICIPALITY,
            role__in=(Role.CASEWORKER, Role.HKO_KEYPERSON),
        )
        .values_list("role", flat=True)
    )
    mine = {AUTHORITY} & found if Role.CASEWORKER in own else set()
    if Role.HKO_KEYPERSON in own and (found or _knows(user, case, day)):
        mine = mine | {KEY_PERSON}
    return frozenset(mine)


def _knows(user: User, case: Case, day: dt.date) -> bool:
    """A key person has no role in a case: the relation to the citizen is what counts."""
    return Relation.objects.active_on(day).filter(citizen_id=case.citizen_id, user=user).exists()


def _delegated(user: User | None, case: Case, rule: Rule, day: dt.date) -> bool:
    if not rule.delegated_as or user is None or not user.is_active:
        return False
    mine = Membership.objects.active_on(day).filter(
        user=user, municipality_id=case.municipality_id, organisation__kind=OrganisationKind.PROVIDER
    )
    return (
        Relation.objects.active_on(day)
        .filter(
            citizen_id=case.citizen_id,
            organisation__in=mine.values("organisation"),
            powers__contains=[rule.delegated_as],
        )
        .exists()
    )


def register_follow(subject_type: str, follow: Follow) -> None:
    """Say what following a recommendation about rows of `app.model` does. The function checks authority itself."""
    _follow[subject_type] = follow


def follow_for(subject_type: str) -> Follow | None:
    """What following a recommendation about such a row does, None when the decision is all there is."""
    return _follow.get(subject_type)

"""What one of the citizen's answers consists of, and keeping answers inside an action that records its own event (GOV-01).

A yes and the legal basis stand together on every row: neither is enough alone. A no is kept and has no consequence.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation, User
from jobformidler.citizens.actions.relations import end_relation, relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Consent, Consideration, Relation
from jobformidler.citizens.sharing import (
    CATALOGUE,
    HEALTH,
    LINE_BY_LINE,
    Answer,
    AnsweredHow,
    LegalBasis,
    Receiver,
    ShareField,
)
from jobformidler.core import clock
from jobformidler.core.actions import check
from jobformidler.core.rows import change, create


@dataclass(frozen=True)
class To:
    """A receiver: the kind, and the one workplace, organisation or person where it is one."""

    kind: str
    name: str = ""
    workplace_id: int | None = None
    organisation: Organisation | None = None
    user: User | None = None

    def columns(self) -> dict[str, Any]:
        """As the rows keep it."""
        return {
            "receiver": self.kind,
            "receiver_name": self.name,
            "workplace_id": self.workplace_id,
            "organisation": self.organisation,
            "user": self.user,
        }


#: The workplaces that are looked for together with the citizen.
ANY_WORKPLACE = To(Receiver.WORKPLACE)


@dataclass(frozen=True)
class Basis:
    """Why the municipality may share."""

    kind: str = LegalBasis.PUBLIC_TASK
    note: str = ""


@dataclass(frozen=True)
class Said:
    """What the citizen said, how and when. `until` is the first day a yes no longer counts, None the default."""

    answer: str = Answer.YES
    how: str = AnsweredHow.CONVERSATION
    on: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class What:
    """Fields of the catalogue, and the considerations the citizen said yes to word by word."""

    fields: Collection[str] = ()
    considerations: Sequence[Consideration] = field(default_factory=tuple)

    def rows(self) -> list[tuple[str, Consideration | None]]:
        """One entry for each row to be kept."""
        lines = [(str(ShareField.CONSIDERATIONS), line) for line in self.considerations]
        return [*((name, None) for name in self.fields if name not in LINE_BY_LINE), *lines]


def is_self(user: User | None, citizen: Citizen, day: dt.date) -> bool:
    """Whether the user is the citizen. One query."""
    if user is None:
        return False
    return Relation.objects.active_on(day).filter(citizen=citizen, user=user, kind=RelationKind.SELF).exists()


def answer(
    citizen: Citizen, what: What, to: To, purpose: str, said: Said, by: User | None, at: dt.datetime, basis: Basis
) -> list[Consent]:
    """Keep the answers inside an action that records its own event."""
    day = clock.local_date(at)
    on = said.on or day
    rows = what.rows()
    check(rows, _("Choose what the answer is about."), "fields")
    check({name for name, _line in rows} <= set(CATALOGUE[to.kind]), _("This receiver cannot be given that."), "fields")
    check(all(line.citizen_id == citizen.pk for line in what.considerations), _("Choose what the answer is about."))
    check(purpose.strip(), _("Write what it is for."), "purpose")
    check(on <= day, _("The day has not come yet."), "on")
    _check_receiver(to, citizen, day)
    until = None
    if said.answer == Answer.YES:
        _check_basis(rows, basis, said)
        until = said.until or on + dt.timedelta(days=citizen.municipality.consent_days)
        check(until > day, _("The end must be after today."), "until")
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    made = []
    for name, line in rows:
        _end_earlier(citizen, name, line, to, said.how, by, at)
        row = create(
            Consent,
            municipality_id=citizen.municipality_id,
            citizen=citizen,
            field=name,
            consideration=line,
            **to.columns(),
            purpose=purpose.strip(),
            legal_basis=basis.kind,
            basis_note=basis.note.strip(),
            answer=said.answer,
            how=said.how,
            answered_on=on,
            expires_on=until,
            by=by,
        )
        made.append(row)
    keep_relation(citizen, to.user, to.kind, day)
    return made


def _check_receiver(to: To, citizen: Citizen, day: dt.date) -> None:
    if to.kind == Receiver.PROVIDER:
        found = to.organisation is not None and to.organisation.kind == OrganisationKind.PROVIDER
        check(found, _("Choose the provider."), "to")
    if to.kind == Receiver.PROFESSIONAL:
        known = (
            to.user is not None
            and Membership.objects.active_on(day)
            .filter(user=to.user, role=Role.PROFESSIONAL, municipality_id=citizen.municipality_id)
            .exists()
        )
        check(known, _("Choose the professional."), "to")


def _check_basis(rows: Sequence[tuple[str, Consideration | None]], basis: Basis, said: Said) -> None:
    check(basis.kind != LegalBasis.OTHER or basis.note.strip(), _("Write what the basis is."), "basis_note")
    if any(name in HEALTH for name, _line in rows):
        check(
            basis.kind == LegalBasis.EXPLICIT_CONSENT,
            _("Facts about health are shared only on the citizen's express consent."),
            "basis",
        )
        check(
            said.how != AnsweredHow.CONVERSATION,
            _("Facts about health need the citizen's signature, or a yes on their own page."),
            "how",
        )


def _end_earlier(
    citizen: Citizen, name: str, line: Consideration | None, to: To, how: str, by: User | None, at: dt.datetime
) -> None:
    """End the earlier answer to the same, so that one stands."""
    Consent.objects.standing().filter(
        citizen=citizen,
        field=name,
        consideration=line,
        receiver=to.kind,
        workplace_id=to.workplace_id,
        organisation=to.organisation,
        user=to.user,
    ).update(withdrawn_at=at, withdrawn_how=how, withdrawn_by=by)


def keep_relation(citizen: Citizen, user: User | None, kind: str, day: dt.date) -> None:
    """A professional's relation lasts as long as the longest yes, and ends with the last (GOV-09)."""
    if kind != Receiver.PROFESSIONAL or user is None:
        return
    counting = Consent.objects.agreed_on(day).filter(citizen=citizen, receiver=kind, user=user)
    until = max((row.expires_on for row in counting if row.expires_on), default=None)
    for relation in Relation.objects.active_on(day).filter(citizen=citizen, user=user, kind=RelationKind.PROFESSIONAL):
        if relation.period.upper == until:
            return
        end_relation(relation=relation, on=day)
    if until is not None:
        relate(citizen=citizen, kind=RelationKind.PROFESSIONAL, user=user, since=day, until=until)


def take_back(consent: Consent, how: str, by: User | None, at: dt.datetime) -> None:
    """End one answer inside an action that records its own event."""
    change(consent, withdrawn_at=at, withdrawn_how=how, withdrawn_by=by)
    keep_relation(consent.citizen, consent.user, consent.receiver, clock.local_date(at))


def line_consents(consideration: Consideration, day: dt.date) -> list[Consent]:
    """Every yes to a workplace reading this line that stands on `day`."""
    return list(
        Consent.objects.agreed_on(day)
        .filter(consideration=consideration, receiver=Receiver.WORKPLACE)
        .select_related("citizen")
    )


def need_yes(citizen: Citizen, name: str, to: To, day: dt.date) -> None:
    """Raise ActionError unless the citizen's yes to sharing the field with this receiver counts on `day` (GOV-01).

    Asked before anything leaves: a referral asks it for medical papers and the resource profile.
    """
    counting = Consent.objects.counting_on(day).filter(citizen=citizen, field=name, receiver=to.kind)
    if to.kind == Receiver.WORKPLACE:
        counting = counting.for_workplace(to.workplace_id)
    else:
        counting = counting.filter(organisation=to.organisation, user=to.user)
    check(
        counting.exists(),
        _("%(name)s has not said yes to sharing %(what)s.")
        % {"name": citizen.short_name, "what": ShareField(name).label},
    )

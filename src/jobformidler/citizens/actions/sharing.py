"""What the citizen answers about sharing, and the log of what was shared (GOV-01, GOV-03, GOV-09)."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens import event_kinds as kinds
from jobformidler.citizens.answers import Basis, Said, To, What, answer, is_self, take_back
from jobformidler.citizens.enums import RestrictedUse
from jobformidler.citizens.models import Citizen, Consent, Disclosure
from jobformidler.citizens.perms import may_write
from jobformidler.citizens.restricted import refuse_restricted
from jobformidler.citizens.sharing import Answer, AnsweredHow
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.rows import create, lock


def _may_answer(by: User | None, citizen: Citizen, how: str, day: dt.date) -> bool:
    """Staff register what the citizen says; on the own page only the citizen answers."""
    if how == AnsweredHow.OWN_PAGE:
        return is_self(by, citizen, day)
    return may_write(by, citizen, day)


@action
def register_answer(
    *,
    citizen: Citizen,
    what: What,
    to: To,
    purpose: str,
    said: Said,
    by: User | None,
    at: dt.datetime,
    basis: Basis | None = None,
) -> list[Consent]:
    """Note the citizen's yes or no to sharing each of these with one receiver for one purpose (GOV-01).

    An earlier answer to the same is replaced. A yes to a professional opens "Fælles planer" for as long as it counts.
    Raises ActionError for what the receiver cannot be given, facts about health without express consent, or dates that
    do not fit.
    """
    day = clock.local_date(at)
    allow(_may_answer(by, citizen, said.how, day))
    made = answer(citizen, what, to, purpose, said, by, at, basis or Basis())
    kind = kinds.SHARING_AGREED if said.answer == Answer.YES else kinds.SHARING_REFUSED
    record(kind, made[0], by=by, at=at, citizen_id=citizen.pk, to=made[0].who(), fields=[row.field for row in made])
    return made


@action
def withdraw_consent(*, consent: Consent, how: str, by: User | None, at: dt.datetime) -> Consent:
    """Take a yes (or a no) back. It works from the next request on, and costs the citizen nothing."""
    citizen = consent.citizen
    allow(_may_answer(by, citizen, how, clock.local_date(at)))
    lock(consent)
    check(consent.withdrawn_at is None, _("This has been taken back already."))
    take_back(consent, how, by, at)
    record(
        kinds.SHARING_WITHDRAWN, consent, by=by, at=at, citizen_id=citizen.pk, to=consent.who(), fields=[consent.field]
    )
    return consent


@action
def disclose(
    *,
    citizen: Citizen,
    channel: str,
    to: To,
    fields: Collection[str],
    text: str,
    by: User | None,
    at: dt.datetime,
    purpose: str = "",
    subject_id: int = 0,
    version: int = 1,
) -> Disclosure:
    """Keep what was shared, word for word. Called by the action that shares, which records what happened.

    Raises ActionError while the use of the citizen's data is restricted.
    """
    refuse_restricted(citizen, RestrictedUse.CONSENT)
    return create(
        Disclosure,
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        channel=channel,
        **to.columns(),
        purpose=purpose[:200],
        fields=sorted(set(fields)),
        text=text,
        subject_id=subject_id,
        version=version,
        shared_at=at,
        by=by,
    )


@action
def receipt(*, channel: str, subject_id: int, at: dt.datetime) -> int:
    """Note that what was shared has been read. The first time counts; returns how many rows got their receipt."""
    return Disclosure.objects.filter(channel=channel, subject_id=subject_id, read_at=None).update(read_at=at)

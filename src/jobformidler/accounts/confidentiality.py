"""Which confidentiality statement is in force, and who still has to accept it (GOV-06)."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Exists, IntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import ConfidentialityAcceptance, ConfidentialityText, Membership, User
from jobformidler.core.models import Municipality

STANDARD = 1


@dataclass(frozen=True)
class Statement:
    """A version of the text."""

    number: int
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the text: what an acceptance names."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def standard_text() -> str:
    """The text a municipality starts with."""
    return "\n\n".join(
        (
            _(
                "I have a duty of confidentiality about everything I learn about citizens and workplaces through this system."
            ),
            _("I open only what I need for my own tasks. Every look is kept, and the citizen can see it."),
            _("I pass nothing on without a legal basis and, where the citizen is asked, the citizen's yes."),
            _("I lend my login to nobody, and I say so at once if I think others know it or have seen something."),
            _(
                "The duty holds after my work here has ended. Breach can be punished under section 152 of the Criminal Code."
            ),
        )
    )


def current(municipality: Municipality) -> Statement:
    """The statement in force. One query."""
    row = ConfidentialityText.objects.filter(municipality=municipality).order_by("-number").first()
    return Statement(row.number, row.text) if row else Statement(STANDARD, standard_text())


def _newest(outer: str) -> Coalesce:
    rows = ConfidentialityText.objects.filter(municipality=OuterRef(outer)).values("municipality")
    return Coalesce(
        Subquery(rows.annotate(newest=Max("number")).values("newest")), Value(STANDARD), output_field=IntegerField()
    )


def with_accepted(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """With `accepted`: whether the user has accepted the statement in force there. Costs no query of its own."""
    rows = memberships.annotate(statement=_newest("municipality"))
    done = ConfidentialityAcceptance.objects.filter(
        user=OuterRef("user"), municipality=OuterRef("municipality"), number=OuterRef("statement")
    )
    return rows.annotate(accepted=Exists(done))


def must_accept(memberships: list[Membership]) -> bool:
    """Whether somebody with these roles has to accept first. A citizen on the own pages has no such duty."""
    staff = [row for row in memberships if row.role != Role.CITIZEN]
    return bool(staff) and not any(row.accepted for row in staff)  # type: ignore[attr-defined]  # by with_accepted


@dataclass(frozen=True)
class Standing:
    """Where one user is with the statement in force."""

    user: User
    accepted_at: dt.datetime | None


def standings(municipality: Municipality, day: dt.date) -> list[Standing]:
    """Everybody with a role other than citizen on `day`, and when they accepted what is in force. Three queries."""
    number = current(municipality).number
    rows = Membership.objects.active_on(day).filter(municipality=municipality).exclude(role=Role.CITIZEN)
    users = User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("name", "pk")
    done = dict(
        ConfidentialityAcceptance.objects.filter(municipality=municipality, number=number).values_list(
            "user", "accepted_at"
        )
    )
    return [Standing(user, done.get(user.pk)) for user in users]

""" "Hvem må se min sag": everybody who may open the case today, and why (GOV-04)."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobformidler.accounts.models import Organisation, Unit, User
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.search import MaySee, who_may_see_me
from jobformidler.core import clock
from jobformidler.core.periods import last_day
from jobformidler.web.cases.words import capital, moment_words
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.sharing.words import day_words


@dataclass(frozen=True)
class Line:
    """Somebody, why they may look, and since or until when."""

    who: str
    why: str
    when: str


def _why(kind: str) -> str:
    return {
        RelationKind.JOBFORMIDLER: _("Your jobformidler."),
        RelationKind.CASEWORKER: _("Your caseworker, who decides."),
        RelationKind.COVER: _("Steps in for your jobformidler."),
        RelationKind.MENTOR: _("Your mentor."),
        RelationKind.EMPLOYER_CONSULTANT: _("Helps to find a workplace for you."),
        RelationKind.TEAM: _(
            "The team has your case and helps when somebody is away. The team's leader can see it too."
        ),
        RelationKind.PROVIDER: _("You are referred to them. They see what they need for your course."),
        RelationKind.PROFESSIONAL: _("Reads what you have said yes to sharing, and nothing else."),
        RelationKind.BREAK_GLASS: _("Opened your pages in an emergency. A leader looks at whether it was right."),
    }[RelationKind(kind)]


@own_page("access log: who may see")
def my_viewers(request: Request, citizen: Citizen) -> HttpResponse:
    """Who may see me today, and why. Five queries at most."""
    now = clock.now()
    today = clock.local_date(now)
    found = [row for row in who_may_see_me() if row.expires_at is None or row.expires_at > now]
    users = User.objects.select_related("privacy").in_bulk({row.user_id for row in found if row.user_id})
    units = Unit.objects.in_bulk({row.unit_id for row in found if row.unit_id})
    organisations = Organisation.objects.in_bulk({row.organisation_id for row in found if row.organisation_id})

    def who(row: MaySee) -> str:
        if row.user_id:
            user = users[row.user_id]
            hidden = getattr(getattr(user, "privacy", None), "name_hidden", False)
            return _("An employee") if hidden else user.name
        return units[row.unit_id].name if row.unit_id else organisations[row.organisation_id].name

    def when(row: MaySee) -> str:
        if row.expires_at:
            return _("Until %(moment)s.") % {"moment": moment_words(row.expires_at, today)}
        last = last_day(row.until)
        if last:
            return _("Until %(day)s.") % {"day": day_words(last, today)}
        return _("Since %(day)s.") % {"day": day_words(row.since, today)}

    order = list(RelationKind.values)
    lines = [
        Line(capital(who(row)), _why(row.kind), when(row)) for row in sorted(found, key=lambda r: order.index(r.kind))
    ]
    return render(request, "me/viewers.html", {"citizen": citizen, "lines": lines})

"""The named person at the top of Min side: face, name, direct phone and e-mail, whatever the case lacks (CIT-12)."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.models import Portrait
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Case
from jobformidler.casework.named import named_contact
from jobformidler.citizens.models import Citizen
from jobformidler.web.cases.layout import Member


@dataclass(frozen=True)
class Helper:
    """Who the citizen calls. `phone` is the municipality's when the person has none of their own."""

    user_id: int
    name: str
    title: str
    phone: str
    email: str
    portrait: str = ""

    @property
    def first_name(self) -> str:
        """The name used on buttons."""
        return self.name.split(" ")[0]


def helper_of(citizen: Citizen, case: Case | None, day: dt.date, known: Member | None = None) -> Helper | None:
    """The person the citizen turns to, in words; `known` is the jobformidler, when it is read already."""
    if known is not None:
        return _helper(citizen, known.user_id, known.name, _("your jobformidler"), known.phone, known.email)
    found = named_contact(citizen, case, day)
    if found is None:
        return None
    titles = {
        CaseRole.JOBFORMIDLER: _("your jobformidler"),
        CaseRole.COVER: _("answers for your jobformidler right now"),
        CaseRole.CASEWORKER: _("your caseworker"),
        "before": _("was your jobformidler, and still answers"),
        "leader": _("leads the team that helps you"),
    }
    user = found.user
    return _helper(citizen, user.pk, user.name, titles[found.role], user.phone, user.email)


def _helper(citizen: Citizen, user_id: int, name: str, title: str, phone: str, email: str) -> Helper:
    pictured = Portrait.objects.filter(user=user_id).exists()
    return Helper(
        user_id=user_id,
        name=name,
        title=title,
        phone=phone or citizen.municipality.main_phone,
        email=email,
        portrait=reverse("portrait", args=[user_id]) if pictured else "",
    )

"""Who does what in a case, who may see it and who has looked; and handing out roles."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.models import Portrait
from jobformidler.casework import actions
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Case
from jobformidler.casework.perms import may_steer
from jobformidler.citizens.models import AccessLog, Relation
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.periods import last_day
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.case import CAN_FILL, AssignForm, CoverForm, staff
from jobformidler.web.cases.layout import Around, Member, around, show
from jobformidler.web.cases.own_access import own_pages
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request
from jobformidler.web.me.looks import who_has_looked
from jobformidler.web.pagenames import page_words

#: Word in the address → role.
ROLES = {
    "jobformidler": CaseRole.JOBFORMIDLER,
    "sagsbehandler": CaseRole.CASEWORKER,
    "virksomhedskonsulent": CaseRole.EMPLOYER_CONSULTANT,
    "mentor": CaseRole.MENTOR,
}
#: So many looks at pages are read, and said as one line for each person and day.
LOOKS = 100


def three_roles(seen: Around) -> list[dict[str, Any]]:
    """Who fills the three roles; the jobformidler is employer consultant and mentor unless somebody is named (JF-04)."""
    broker = seen.jobformidler
    found = []
    for word, role, label in (
        ("sagsbehandler", CaseRole.CASEWORKER, _("Caseworker with authority")),
        ("virksomhedskonsulent", CaseRole.EMPLOYER_CONSULTANT, _("Employer consultant")),
        ("mentor", CaseRole.MENTOR, _("Mentor")),
    ):
        person = seen.member(role)
        by_broker = person is None and role != CaseRole.CASEWORKER and broker is not None
        found.append({"word": word, "label": label, "person": broker if by_broker else person, "by_broker": by_broker})
    return found


def half(word: str, label: str, person: Member | None) -> dict[str, Any]:
    """One of the tandem; a title is said beside the role only where it says something else."""
    title = person.title if person and person.title.lower() != label.lower() else ""
    return {"word": word, "label": label, "role": ", ".join(filter(None, (label, title))), "person": person}


def looked(looks: Iterable[AccessLog]) -> list[dict[str, Any]]:
    """The looks, newest first, one line for each person and day: which pages, and when last."""
    lines: dict[tuple[str, dt.date], dict[str, Any]] = {}
    for look in looks:
        name = look.user.name if look.user else look.user_label
        line = lines.setdefault((name, clock.local_date(look.at)), {"name": name, "at": look.at, "seen": []})
        page = page_words(look.page)
        if page not in line["seen"]:
            line["seen"].append(page)
    return [{**line, "pages": ", ".join(line["seen"])} for line in lines.values()]


@case_page("people")
def people_page(request: Request, case: Case) -> HttpResponse:
    """The tandem with direct phone and e-mail, the roles and their gaps, earlier people, access and looks."""
    seen = around(case, clock.now())
    history = list(Assignment.objects.filter(case=case).select_related("user").order_by("-period", "-pk"))
    met = len({row.user_id for row in history if row.role == CaseRole.JOBFORMIDLER})
    relations = (
        Relation.objects.active_on(seen.today)
        .filter(citizen=case.citizen)
        .select_related("user", "unit", "organisation")
        .order_by("kind", "pk")
    )
    looks = AccessLog.objects.shown().by_others().of_citizen(case.citizen)[:LOOKS]
    context = {
        "tandem": [
            half("jobformidler", _("Jobformidler"), seen.jobformidler),
            half("sagsbehandler", _("Caseworker"), seen.caseworker),
        ],
        "cover": seen.member(CaseRole.COVER),
        "roles": three_roles(seen),
        "history": [
            {
                "name": row.user.name,
                "role": row.get_role_display(),
                "since": row.period.lower,
                "until": last_day(row.period.upper),
                "reason": row.reason,
            }
            for row in history
        ],
        "met": ngettext("%(name)s has had %(n)s jobformidler.", "%(name)s has had %(n)s jobformidlere.", met)
        % {"name": case.citizen.short_name, "n": danish.number(met)},
        "relations": relations,
        "own": own_pages(case, seen.today),
        "looks": looked(looks),
        "steers": may_steer(request.user, case, seen.today),
    }
    return show(request, "cases/people.html", "case_people", context, seen=seen)


@case_page("people: assign")
def assign(request: Request, case: Case, word: str) -> HttpResponse:
    """Give a role to somebody; a change of jobformidler says why, a load over the limit is confirmed."""
    if word not in ROLES:
        raise Http404
    role, now = ROLES[word], clock.now()
    seen = around(case, now)
    if not may_steer(request.user, case, seen.today):
        raise PermissionDenied
    present = seen.member(role)
    needs_reason = role == CaseRole.JOBFORMIDLER and present is not None
    form = AssignForm(
        request.POST or None,
        people=staff(case.municipality_id, CAN_FILL[role], seen.today),
        needs_reason=needs_reason,
        initial={"since": seen.today},
    )

    def act(sent: Any) -> object:
        try:
            return actions.assign(
                case=case,
                role=role,
                user=sent.person,
                since=sent.cleaned_data["since"],
                reason=sent.cleaned_data["reason"],
                confirm_over_limit=sent.cleaned_data["confirm"],
                by=request.user,
                at=now,
            )
        except ActionError as error:
            if has_code(error, "over_limit"):
                sent.ask_to_confirm()
            raise

    label = str(role.label)
    return form_page(
        request,
        form,
        act,
        title=(_("Change %(role)s") if present else _("Choose %(role)s")) % {"role": label},
        said=_("The change is registered."),
        back=reverse("case_people", args=[case.pk]),
        submit=_("Save"),
        tab="case_people",
        context={"form_lead": now_filled(present, label)},
    )


def now_filled(present: Any, label: str) -> str:
    """Who fills the role now, as a sentence."""
    if present is None:
        return _("Nobody is %(role)s now.") % {"role": label}
    return _("%(name)s is %(role)s since %(day)s.") % {
        "name": present.name,
        "role": label,
        "day": danish.day_near(present.since, weekday=False, year=True),
    }


def has_code(error: ActionError, code: str) -> bool:
    """Whether one of the refusals carries the code."""
    return (
        any(getattr(single, "code", None) == code for single in error.error_list)
        if hasattr(error, "error_list")
        else False
    )


@case_page("people: cover")
def cover(request: Request, case: Case) -> HttpResponse:
    """Somebody covers for the jobformidler in a period."""
    now = clock.now()
    form = CoverForm(
        request.POST or None,
        people=[
            user for user in staff(case.municipality_id, CAN_FILL[CaseRole.COVER], now.date()) if user != request.user
        ],
        initial={"since": now.date(), "until": now.date() + dt.timedelta(days=14)},
    )

    def act(sent: Any) -> object:
        return actions.cover(
            case=case,
            user=sent.person,
            since=sent.cleaned_data["since"],
            until=sent.cleaned_data["until"] + dt.timedelta(days=1),
            reason=sent.cleaned_data["reason"],
            by=request.user,
            at=now,
        )

    return form_page(
        request,
        form,
        act,
        title=_("Cover for a period"),
        said=_("The cover is registered."),
        back=reverse("case_people", args=[case.pk]),
        submit=_("Save"),
        tab="case_people",
    )


def _pictured(person: Member | None) -> bool:
    """Whether the jobformidler shows a picture."""
    return person is not None and Portrait.objects.filter(user=person.user_id).exists()


@case_page("card")
def card(request: Request, case: Case) -> HttpResponse:
    """The jobformidler's card for the citizen: printed or shown, with direct phone and e-mail."""
    seen = around(case, clock.now())
    return show(
        request,
        "cases/card.html",
        "case_people",
        {"person": seen.jobformidler, "caseworker": seen.caseworker, "pictured": _pictured(seen.jobformidler)},
        seen=seen,
    )


@case_page("access log")
def looks_page(request: Request, case: Case) -> HttpResponse:
    """Who has opened something about the citizen: what the citizen reads, with every name."""
    return show(request, "cases/looks.html", "case_rights", who_has_looked(case.citizen, request.GET, full=True))

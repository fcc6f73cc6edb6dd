"""What a contact may be tied to: the planned appointment it answers, and the workplace it is about (CON-01)."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import AppointmentStatus, ContactKind
from jobformidler.casework.models import Appointment, Case, Contact
from jobformidler.core import clock
from jobformidler.employers.models import EmployerContact, Workplace
from jobformidler.placements.models import Placement
from jobformidler.web.cases.words import moment_words

#: An appointment further ahead is not answered by what is held today.
AHEAD = dt.timedelta(days=14)
MOST = 12
#: So many of the user's own last workplaces are offered beside the citizen's.
LAST_USED = 5


@dataclass(frozen=True)
class Ties:
    """What a form offers: planned appointments, the oldest first, and workplaces by name."""

    now: dt.datetime
    viewer: Viewer
    appointments: list[Appointment] = field(default_factory=list)
    workplaces: list[Workplace] = field(default_factory=list)
    asked: str = ""

    def appointment_choices(self) -> list[tuple[str, str]]:
        """The appointments as answers of a question."""
        today = clock.local_date(self.now)
        return [(str(row.pk), f"{row.what.rstrip('.')}, {moment_words(row.at, today)}") for row in self.appointments]

    def answered(self, kinds: frozenset[ContactKind]) -> Appointment | None:
        """The appointment that was asked for; else today's of one of these kinds, or one of today that has begun."""
        for row in self.appointments:
            if str(row.pk) == self.asked:
                return row
        today = clock.local_date(self.now)
        return next(
            (
                row
                for row in self.appointments
                if clock.local_date(row.at) == today
                and row.kind != ContactKind.FOLLOW_UP
                and (row.kind in kinds or row.at <= self.now)
            ),
            None,
        )

    def workplace_choices(self) -> list[tuple[str, str]]:
        """The workplaces as answers of a question."""
        return [(str(row.pk), row.name) for row in self.workplaces]


def ties(case: Case, viewer: Viewer, now: dt.datetime, asked: str = "") -> Ties:
    """What a contact in the case may be tied to; `asked` is the key of an appointment from the address."""
    until = clock.at_time(clock.local_date(now), 0) + AHEAD
    planned = (
        Appointment.objects.filter(case=case, status=AppointmentStatus.PLANNED, at__lt=until)
        .select_related("workplace")
        .order_by("at", "pk")
    )
    mine = EmployerContact.objects.standing().filter(by=viewer.user).order_by("-at").values("workplace")[:LAST_USED]
    used = Contact.objects.standing().filter(case=case, workplace__isnull=False).values("workplace")
    workplaces = Workplace.objects.visible_to(viewer).filter(
        Q(pk__in=Placement.objects.filter(case=case).values("workplace")) | Q(pk__in=used) | Q(pk__in=mine)
    )
    return Ties(now, viewer, list(planned[:MOST]), list(workplaces.order_by("name", "pk")[: MOST * 2]), asked)


def answers_words(appointment: Appointment | None, today: dt.date) -> str:
    """That the form answers an appointment, as a sentence; empty for none."""
    if appointment is None:
        return ""
    return _("It answers the appointment: %(what)s, %(when)s.") % {
        "what": appointment.what.rstrip("."),
        "when": moment_words(appointment.at, today),
    }

"""Contacts, appointments, enquiries, promises, attendance and journal notes."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobformidler.casework.enums import (
    AppointmentStatus,
    Channel,
    ContactKind,
    IncidentKind,
    Initiator,
    Part,
)
from jobformidler.casework.models.case import Case
from jobformidler.casework.querysets import ContactQuerySet, OfCaseQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, Transferable, VersionedModel, Withdrawable
from jobformidler.employers.models import Workplace
from jobformidler.registers.enums import MeetingHolder


class OfCase(VersionedModel):
    """Base of what is registered in a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = OfCaseQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        abstract = True


@tracked()
class Contact(OfCase, Withdrawable, Transferable):
    """A conversation, call, message, taster visit or follow-up: one log for all contact (CON-01).

    `ticked` holds codes of the checklist (list "first_conversation" for the first one, CON-02). `meeting_holder` says
    that it was a statutory contact meeting, and who held it (CON-13).
    """

    kind = models.CharField(_("kind"), max_length=20, choices=ContactKind.choices)
    at = models.DateTimeField(_("when"))
    channel = models.CharField(_("how"), max_length=10, choices=Channel.choices, default=Channel.MEETING)
    initiator = models.CharField(
        _("who took the initiative"), max_length=14, choices=Initiator.choices, default=Initiator.JOBFORMIDLER
    )
    workplace = models.ForeignKey(
        Workplace, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("workplace")
    )
    place = models.CharField(_("where"), max_length=120, blank=True)
    purpose = models.CharField(_("what it was for"), max_length=160, blank=True)
    ordinary_hours_raised = models.BooleanField(_("we talked about ordinary hours"), null=True)
    meeting_holder = models.CharField(
        _("contact meeting held by"), max_length=12, choices=MeetingHolder.choices, blank=True, default=""
    )
    ticked = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("what we talked about")
    )
    agreements = models.TextField(_("what we agreed"), max_length=4000, blank=True)
    next_step = models.CharField(_("next step"), max_length=160, blank=True)
    next_step_on = models.DateField(_("date of the next step"), null=True, blank=True)
    corrected_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()  # type: ignore[misc]  # more questions than the base has

    class Meta(OfCase.Meta):
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "-at"], name="casework_contact_at")]
        constraints = [
            *OfCase.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=ContactKind.FIRST_CONVERSATION, withdrawn_at__isnull=True),
                name="casework_contact_one_first",
                violation_error_message=_("The first conversation is already registered."),
            ),
        ]

    @property
    def lacks_tandem(self) -> bool:
        """A first conversation in which one of the tandem was missing (JF-11)."""
        if self.kind != ContactKind.FIRST_CONVERSATION:
            return False
        return not {Part.JOBFORMIDLER, Part.CASEWORKER} <= {person.part for person in self.participants.all()}


class Participant(TenantModel):
    """Somebody who took part in a contact; a user when they have a login."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="participants")
    part = models.CharField(max_length=14, choices=Part.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta(TenantModel.Meta):
        ordering = ["pk"]


@tracked()
class Appointment(OfCase):
    """Something that is to take place: shown as the next appointment and in the calendar."""

    kind = models.CharField(_("kind"), max_length=20, choices=ContactKind.choices)
    at = models.DateTimeField(_("when"))
    what = models.CharField(_("what"), max_length=160)
    where = models.CharField(_("where"), max_length=120, blank=True)
    workplace = models.ForeignKey(Workplace, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=AppointmentStatus.choices, default=AppointmentStatus.PLANNED)
    without_jobformidler_reason = models.CharField(_("why the jobformidler is not invited"), max_length=200, blank=True)
    contact = models.OneToOneField(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="appointment")

    class Meta(OfCase.Meta):
        ordering = ["at"]
        indexes = [models.Index(fields=["case", "at"], name="casework_appointment_at")]


class AppointmentUser(TenantModel):
    """An employee who is invited to an appointment (JF-12)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="users")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["appointment", "user"], name="casework_appointmentuser_once"),
        ]


@tracked()
class Enquiry(OfCase):
    """A message from the citizen or a workplace with the promise of an answer (CON-05). Text encrypted at rest."""

    sender = models.CharField(_("from"), max_length=14, choices=Part.choices)
    sender_name = models.CharField(_("name"), max_length=120)
    workplace = models.ForeignKey(Workplace, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField(_("message"))
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("answer due"))
    answer = EncryptedTextField(_("answer"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(OfCase.Meta):
        ordering = ["-received_at"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_enquiry_answered",
                condition=Q(answered_at__isnull=True, answer__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answer__isnull=False, answered_by__isnull=False),
            ),
        ]


@tracked()
class Promise(OfCase, Withdrawable):
    """Something somebody has promised in the case, with a date."""

    what = models.CharField(_("what"), max_length=160)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_name = models.CharField(_("who"), max_length=120)
    due_on = models.DateField(_("no later than"), null=True, blank=True)
    kept_on = models.DateField(_("kept"), null=True, blank=True)

    class Meta(OfCase.Meta):
        ordering = ["due_on", "pk"]


@tracked()
class Incident(OfCase, Withdrawable):
    """An attendance fact: no-show, sickness, agreed absence or other, and what happened (CIT-16). Words encrypted."""

    kind = models.CharField(_("kind"), max_length=10, choices=IncidentKind.choices)
    on = models.DateField(pgettext_lazy("date", "day"))
    what = EncryptedTextField(_("what happened"), null=True, blank=True)
    reporter = models.CharField(_("reported by"), max_length=120)

    class Meta(OfCase.Meta):
        ordering = ["-on", "-pk"]


@tracked()
class JournalNote(OfCase):
    """A dated, signed note. It is never changed or removed; a new note corrects it (GOV-11).

    A confidential note has its words in `sealed`, encrypted, and `text` empty; those close to the citizen read it.
    """

    text = models.TextField(_("note"), max_length=4000, blank=True)
    confidential = models.BooleanField(_("only for jobformidler and caseworker"), default=False)
    sealed = EncryptedTextField(null=True, editable=False)
    at = models.DateTimeField()
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")

    inside_only = "confidential"  # such a row is no outsider's, whatever is shared (core.bounds)

    class Meta(OfCase.Meta):
        ordering = ["-at", "-pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_journalnote_words",
                condition=Q(confidential=False, sealed__isnull=True) | Q(confidential=True, text=""),
            ),
        ]

    @property
    def words(self) -> str:
        """What the note says, for those who may read it."""
        return str(self.sealed or "") if self.confidential else self.text

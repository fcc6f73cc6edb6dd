"""Decisions (afgørelser): one mechanism from recommendation and hearing to letter, delivery and complaint."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.decision_enums import (
    AFTER_DECIDED,
    Answer,
    ComplaintOutcome,
    ComplaintStatus,
    DecisionKind,
    DecisionStatus,
    Delivery,
)
from jobformidler.casework.models.contact import OfCase
from jobformidler.casework.querysets import DecisionQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked

MADE = [str(status) for status in AFTER_DECIDED]


def _user():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )


@tracked()
class Decision(OfCase):
    """What the municipality decides in a case (GOV-07). `by` prepared it, `decided_by` decided it with authority.

    `subject_type`, `subject_id`: what it is about, when that is a row of a higher package (a placement). Facts and
    reasons are encrypted: they may touch health.
    """

    kind = models.CharField(_("kind"), max_length=40, choices=DecisionKind.choices)
    title = models.CharField(_("what it is about"), max_length=160)
    status = models.CharField(
        _("state"), max_length=12, choices=DecisionStatus.choices, default=DecisionStatus.RECOMMENDED
    )
    status_since = models.DateField()
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    outcome = models.CharField(_("what is decided"), max_length=10, choices=Answer.choices, blank=True)
    law = models.CharField(_("law"), max_length=160, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=80, blank=True)
    facts = EncryptedTextField(_("the facts it rests on"), null=True)
    reasons = EncryptedTextField(_("why"), null=True)
    recommended_by = _user()
    recommended_at = models.DateTimeField(null=True, editable=False)
    recommendation = EncryptedTextField(_("recommendation"), null=True)
    rejected_reason = EncryptedTextField(_("why the recommendation was not followed"), null=True)
    no_hearing_reason = models.CharField(_("why the citizen is not heard first"), max_length=300, blank=True)
    decided_by = _user()
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    guidance = models.TextField(_("how to complain"), blank=True)
    delivered_on = models.DateField(_("delivered"), null=True)
    delivery = models.CharField(_("how it was delivered"), max_length=12, choices=Delivery.choices, blank=True)
    receipt = models.CharField(_("receipt"), max_length=80, blank=True)
    complaint_until = models.DateField(_("can be complained about until"), null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    changed_reason = EncryptedTextField(_("why it was changed"), null=True)

    objects = DecisionQuerySet.as_manager()  # type: ignore[misc]  # more questions than the base has

    class Meta(OfCase.Meta):
        ordering = ["-pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_decision_made",
                condition=Q(status__in=MADE, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(outcome="")
                & ~Q(law="")
                & ~Q(paragraph="")
                | ~Q(status__in=MADE) & Q(decided_by__isnull=True, decided_at__isnull=True),
                violation_error_message=_("A decision names who decided, what, when and by which paragraph."),
            ),
            models.CheckConstraint(
                name="casework_decision_delivered",
                condition=Q(delivered_on__isnull=True, delivery="", complaint_until__isnull=True)
                | Q(delivered_on__isnull=False, complaint_until__isnull=False) & ~Q(delivery=""),
            ),
            models.CheckConstraint(
                name="casework_decision_recommended",
                condition=Q(recommended_by__isnull=True, recommended_at__isnull=True)
                | Q(recommended_by__isnull=False, recommended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(status=DecisionStatus.RECOMMENDED, subject_id__isnull=False),
                name="casework_decision_one_waiting",
                violation_error_message=_("There is already a recommendation waiting for the caseworker."),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "status"], name="casework_decision_status"),
            models.Index(fields=["subject_type", "subject_id"], name="casework_decision_subject"),
        ]

    def __str__(self):
        return self.title

    @property
    def basis(self) -> str:
        """Law and paragraph as one text, as it stands in a letter."""
        text = ", ".join(part for part in (self.law, self.paragraph) if part)
        return text[:1].upper() + text[1:]


@tracked()
class Hearing(OfCase):
    """Partshøring: the citizen reads the facts and may answer before a deadline; `by` sent it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="hearings")
    text = EncryptedTextField(_("what the citizen is asked to answer"))
    sent_at = models.DateTimeField(_("sent"))
    first_due_on = models.DateField(_("first deadline"))
    due_on = models.DateField(_("answer no later than"))
    extended_reason = models.CharField(_("why the deadline was extended"), max_length=300, blank=True)
    answer = EncryptedTextField(_("the citizen's answer"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = _user()

    class Meta(OfCase.Meta):
        ordering = ["-pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_hearing_answered",
                condition=Q(answer__isnull=True, answered_at__isnull=True)
                | Q(answer__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_hearing_due",
                condition=Q(due_on__gte=models.F("first_due_on")),
                violation_error_message=_("The new deadline must be after the old one."),
            ),
        ]


@tracked()
class Complaint(OfCase):
    """A complaint and where it is: received, looked at again, sent to Ankestyrelsen, ended (GOV-10).

    Without a decision it is about the effort itself, also a provider's (PROV-52); the municipality decides it.
    """

    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="complaints")
    text = EncryptedTextField(_("what the complaint says"))
    complainant = models.CharField(_("who complains"), max_length=120)
    received_on = models.DateField(_("received"))
    reassess_by = models.DateField(_("looked at again no later than"))
    late_reason = models.CharField(_("why a late complaint is taken"), max_length=300, blank=True)
    status = models.CharField(
        _("state"), max_length=12, choices=ComplaintStatus.choices, default=ComplaintStatus.RECEIVED
    )
    status_since = models.DateField()
    reassessed_on = models.DateField(_("looked at again"), null=True)
    forwarded_on = models.DateField(_("sent to Ankestyrelsen"), null=True)
    receipt = models.CharField(_("receipt"), max_length=80, blank=True)
    closed_on = models.DateField(_("ended"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=ComplaintOutcome.choices, blank=True)
    note = EncryptedTextField(_("what was found"), null=True)

    class Meta(OfCase.Meta):
        ordering = ["-pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_complaint_closed",
                condition=Q(status=ComplaintStatus.CLOSED, closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(status=ComplaintStatus.CLOSED) & Q(closed_on__isnull=True, outcome=""),
                violation_error_message=_("An ended complaint has an outcome and a date."),
            ),
        ]

"""How people log in: second factor, identities of a login service, sessions, limits, and what browsers refuse.

None of these has a row policy: they are read before it is known which municipality a request is for.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.enums import AssuranceLevel, Role
from jobformidler.accounts.models.people import User
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.models import Municipality


class LoginAttempt(models.Model):
    """A try that counts against a limit, by keyed hash of what was tried: throttling that holds across processes."""

    key = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="accounts_loginattempt_key")]


class SentForm(models.Model):
    """A form that was sent: keyed hash of who, where and what, and where it led. Kept for a day (`web/once.py`)."""

    key = models.BinaryField(max_length=32, unique=True)
    target = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()


class SecondFactor(models.Model):
    """The shared secret of a user's authenticator app; in force once a code has confirmed it.

    `last_step` is the newest time step a code was taken for: that code and older ones are never taken again.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret = EncryptedTextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code for the day the phone is gone: keyed hash, works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="accounts_recoverycode_once")]


class LoginSession(AbstractBaseSession):
    """A session with what its owner recognises it by. The key is kept as a keyed hash; no network address is kept."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="login_sessions")
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls):
        """The store that reads and writes these rows."""
        from jobformidler.accounts.sessions import SessionStore

        return SessionStore


class LoginPolicy(models.Model):
    """How people of one municipality log in: second factor, length of sessions, and the municipality's login service.

    The service's client secret is not here: it comes from the environment or a file (`accounts.claims.client_secret`).
    """

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="login_policy")
    second_factor_roles = ArrayField(
        models.CharField(max_length=24, choices=Role.choices),
        verbose_name=_("roles that must log in in two steps"),
        default=list,
        blank=True,
    )
    idle_minutes = models.PositiveSmallIntegerField(_("minutes without activity before a logout"), default=60)
    session_hours = models.PositiveSmallIntegerField(_("hours before one must log in again"), default=9)
    sso_enabled = models.BooleanField(_("people can log in through our own login service"), default=False)
    sso_name = models.CharField(_("what the login service is called"), max_length=60, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    client_id = models.CharField(_("client id"), max_length=120, blank=True)
    scopes = models.CharField(_("scopes"), max_length=200, default="openid profile email")
    claim_name = models.CharField(_("claim with the name"), max_length=80, default="name")
    claim_email = models.CharField(_("claim with the e-mail"), max_length=80, default="email")
    claim_organisation = models.CharField(_("claim with the organisation"), max_length=80, blank=True)
    organisation_value = models.CharField(_("what the claim holds for our organisation"), max_length=120, blank=True)
    claim_unit = models.CharField(_("claim with the unit"), max_length=80, blank=True)
    unit_map = models.JSONField(_("units"), default=dict, blank=True)
    claim_role = models.CharField(_("claim with the role"), max_length=80, blank=True)
    role_map = models.JSONField(_("roles"), default=dict, blank=True)
    claim_level = models.CharField(_("claim with the level of assurance"), max_length=80, default="acr")
    level_map = models.JSONField(_("levels of assurance"), default=dict, blank=True)
    minimum_level = models.CharField(
        _("lowest level of assurance"),
        max_length=12,
        choices=AssuranceLevel.choices,
        default=AssuranceLevel.SUBSTANTIAL,
    )
    create_users = models.BooleanField(_("make a user for somebody new with a known role"), default=False)
    password_off = models.BooleanField(_("people with our login service cannot use a password here"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_loginpolicy_idle",
                condition=Q(idle_minutes__gte=5, idle_minutes__lte=720),
                violation_error_message=_("Write between 5 and 720 minutes."),
            ),
            models.CheckConstraint(
                name="accounts_loginpolicy_hours",
                condition=Q(session_hours__gte=1, session_hours__lte=24),
                violation_error_message=_("Write between 1 and 24 hours."),
            ),
            models.CheckConstraint(
                name="accounts_loginpolicy_sso",
                condition=Q(sso_enabled=False) | (~Q(issuer="") & ~Q(client_id="")),
                violation_error_message=_("The login service needs an issuer and a client id."),
            ),
        ]


class ExternalIdentity(models.Model):
    """Who a user is at a login service: issuer and stable subject, never the e-mail alone."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                name="accounts_externalidentity_subject",
                violation_error_message=_("This login already belongs to another user."),
            ),
            models.UniqueConstraint(fields=["user", "issuer"], name="accounts_externalidentity_user"),
        ]


class PolicyReport(models.Model):
    """What browsers refused to load under the content security policy, counted; without query strings or numbers."""

    directive = models.CharField(max_length=40)
    blocked = models.CharField(max_length=200)
    page = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "blocked", "page"], name="accounts_policyreport_once")
        ]

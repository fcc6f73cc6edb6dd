"""What is recorded about users, units and set-up."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

MUNICIPALITY_CREATED = register_kind("accounts.municipality_created", _("%(name)s was set up"), group="other")
SETTINGS_CHANGED = register_kind("accounts.settings_changed", _("The settings were changed"), group="other")
UNIT_CREATED = register_kind("accounts.unit_created", _("The unit %(name)s was created"), group="other")
UNIT_CHANGED = register_kind("accounts.unit_changed", _("The unit %(name)s was changed"), group="other")
USER_CREATED = register_kind("accounts.user_created", _("%(name)s got a login"), group="people")
USER_CHANGED = register_kind("accounts.user_changed", _("The user %(name)s was changed"), group="people")
USER_STOPPED = register_kind("accounts.user_stopped", _("%(name)s can no longer log in"), group="people")
USER_RESUMED = register_kind("accounts.user_resumed", _("%(name)s can log in again"), group="people")
PASSWORD_SET = register_kind("accounts.password_set", _("%(name)s got a new password"), group="people")
PORTRAIT_CHANGED = register_kind("accounts.portrait_changed", _("%(name)s changed the own picture"), group="people")
MEMBERSHIP_ADDED = register_kind("accounts.membership_added", _("%(name)s became %(role)s"), group="people")
MEMBERSHIP_ENDED = register_kind("accounts.membership_ended", _("%(name)s is no longer %(role)s"), group="people")
LIST_CHANGED = register_kind("accounts.list_changed", _("The list %(list)s was changed"), group="other")
HANDLER_RERUN = register_kind("accounts.handler_rerun", _("%(handler)s was run again"), group="other")
MAPPING_REMOVED = register_kind("accounts.mapping_removed", _("The column mapping %(name)s was removed"), group="other")
SECOND_FACTOR_ON = register_kind(
    "accounts.second_factor_on", _("%(name)s logs in in two steps from now on"), group="people"
)
SECOND_FACTOR_OFF = register_kind(
    "accounts.second_factor_off", _("%(name)s no longer logs in in two steps"), group="people"
)
SECOND_FACTOR_RESET = register_kind(
    "accounts.second_factor_reset", _("The login in two steps of %(name)s was reset: %(reason)s"), group="people"
)
RECOVERY_CODES_NEW = register_kind("accounts.recovery_codes_new", _("%(name)s got new recovery codes"), group="people")
POLICY_CHANGED = register_kind("accounts.policy_changed", _("The rules for logging in were changed"), group="other")
IDENTITY_LINKED = register_kind(
    "accounts.identity_linked", _("%(name)s can log in through the municipality's login service"), group="people"
)
IDENTITY_REMOVED = register_kind(
    "accounts.identity_removed",
    _("%(name)s no longer logs in through the municipality's login service"),
    group="people",
)
RESET_ASKED = register_kind("accounts.reset_asked", _("%(name)s asked for a new password"), group="people")
CONFIDENTIALITY_ACCEPTED = register_kind(
    "accounts.confidentiality_accepted", _("%(name)s accepted the confidentiality statement"), group="people"
)
CONFIDENTIALITY_WRITTEN = register_kind(
    "accounts.confidentiality_written", _("A new confidentiality statement came into force"), group="other"
)
RETENTION_SET = register_kind(
    "accounts.retention_set", _("%(data_type)s is now kept for %(months)s months"), group="other"
)

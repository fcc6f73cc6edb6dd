"""What can happen to a citizen's own information, and how a timeline says it. `who` and `citizen` are filled in there."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

REGISTERED = register_kind("citizen.registered", _("%(who)s registered %(citizen)s"), group="people")
EDITED = register_kind("citizen.edited", _("%(who)s corrected the basic data of %(citizen)s"), group="people")
COMPETENCE_ADDED = register_kind("citizen.competence_added", _("%(who)s wrote down a competence"), group="plan")
CONSIDERATION_ADDED = register_kind(
    "citizen.consideration_added", _("%(who)s wrote down something to take into account"), group="plan"
)
CONSIDERATION_SHARED = register_kind(
    "citizen.consideration_shared", _("%(citizen)s has agreed that the workplace reads a consideration"), group="people"
)
CONSIDERATION_UNSHARED = register_kind(
    "citizen.consideration_unshared",
    _("%(citizen)s no longer wants the workplace to read a consideration"),
    group="people",
)
SHARING_AGREED = register_kind(
    "citizen.sharing_agreed", _("%(citizen)s has said yes to sharing with %(to)s"), group="people"
)
SHARING_REFUSED = register_kind(
    "citizen.sharing_refused", _("%(citizen)s has said no to sharing with %(to)s"), group="people"
)
SHARING_WITHDRAWN = register_kind(
    "citizen.sharing_withdrawn", _("%(citizen)s has taken back a yes to sharing with %(to)s"), group="people"
)
ABILITY_ADDED = register_kind("citizen.ability_added", _("%(who)s wrote down a kind of task"), group="plan")
WISH_ADDED = register_kind("citizen.wish_added", _("%(who)s wrote down a job wish of %(citizen)s"), group="plan")
CV_STARTED = register_kind("citizen.cv_started", _("%(who)s and %(citizen)s started the CV"), group="plan")
CV_UPDATED = register_kind("citizen.cv_updated", _("%(who)s and %(citizen)s updated the CV"), group="plan")
CV_TRANSFERRED = register_kind(
    "citizen.cv_transferred", _("%(who)s transferred the CV to the case system"), group="plan"
)
REGISTRATION_EDITED = register_kind("citizen.registration_edited", _("%(who)s corrected a registration"), group="plan")
REGISTRATION_WITHDRAWN = register_kind(
    "citizen.registration_withdrawn", _("%(who)s withdrew a registration"), group="plan"
)
OWN_ACCESS_OPENED = register_kind(
    "citizen.own_access_opened", _("%(who)s opened the own pages to %(citizen)s"), group="people"
)
OWN_LINK_SENT = register_kind("citizen.own_link_sent", _("%(citizen)s got a new link to the own pages"), group="people")
OWN_ACCESS_CLOSED = register_kind(
    "citizen.own_access_closed", _("%(who)s closed the own pages of %(citizen)s"), group="people"
)
IMPAIRMENT_ADDED = register_kind(
    "citizen.impairment_added", _("%(who)s wrote in confidence what matters for the work"), group="plan"
)
IMPAIRMENT_EDITED = register_kind(
    "citizen.impairment_edited", _("%(who)s changed what is written in confidence"), group="plan"
)
IMPAIRMENT_WITHDRAWN = register_kind(
    "citizen.impairment_withdrawn", _("%(who)s withdrew what was written in confidence"), group="plan"
)

EMERGENCY_OPENED = register_kind(
    "citizen.emergency_opened", _("%(who)s opened the pages of %(citizen)s in an emergency"), group="people"
)
EMERGENCY_ENDED = register_kind("citizen.emergency_ended", _("%(who)s ended an emergency access"), group="people")
EMERGENCY_REVIEWED = register_kind(
    "citizen.emergency_reviewed", _("%(who)s has looked at an emergency access"), group="people"
)
AUDIT_POLICY_CHANGED = register_kind(
    "citizens.audit_policy_changed", _("%(who)s changed the limits of the access log"), group="other"
)
STAFF_PROTECTED = register_kind(
    "citizens.staff_protected", _("%(who)s changed what is protected about an employee"), group="other"
)
ALERT_HANDLED = register_kind("citizens.alert_handled", _("%(who)s has dealt with an unusual look-up"), group="other")

#: Everything a case's attention list may depend on.
ALL = (
    REGISTERED,
    EDITED,
    COMPETENCE_ADDED,
    CONSIDERATION_ADDED,
    CONSIDERATION_SHARED,
    CONSIDERATION_UNSHARED,
    ABILITY_ADDED,
    WISH_ADDED,
    CV_STARTED,
    CV_UPDATED,
    CV_TRANSFERRED,
    REGISTRATION_EDITED,
    REGISTRATION_WITHDRAWN,
)

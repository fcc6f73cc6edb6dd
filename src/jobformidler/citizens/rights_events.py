"""What can happen to a citizen's rights over the data, and how the timeline says it. No payload holds what it was about."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

CORRECTION_ASKED = register_kind(
    "citizen.correction_asked", _("%(citizen)s asked for something to be corrected"), group="people"
)
CORRECTION_ANSWERED = register_kind(
    "citizen.correction_answered", _("%(who)s answered a request for correction"), group="people"
)
RESTRICTED = register_kind("citizen.restricted", _("%(who)s restricted the use of the data"), group="people")
RESTRICTION_LIFTED = register_kind("citizen.restriction_lifted", _("%(who)s lifted the restriction"), group="people")
HELD = register_kind("citizen.held", _("%(who)s stopped deletion for this citizen"), group="people")
HOLD_LIFTED = register_kind("citizen.hold_lifted", _("%(who)s allowed deletion again"), group="people")
EXPORT_ASKED = register_kind(
    "citizen.export_asked", _("A copy of everything about %(citizen)s was asked for"), group="people"
)
EXPORT_FETCHED = register_kind(
    "citizen.export_fetched", _("The copy of everything about %(citizen)s was fetched"), group="people"
)
ANONYMISED = register_kind("citizen.anonymised", _("The citizen's names and texts were removed"), group="people")

#: What the caseworker's work list looks at.
MOVING = (CORRECTION_ASKED, CORRECTION_ANSWERED)

"""Events about workplaces and the people there."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

WORKPLACE_REGISTERED = register_kind(
    "employer.workplace_registered", _("%(workplace)s entered the register"), group="employer"
)
WORKPLACE_CHANGED = register_kind(
    "employer.workplace_changed", _("What we know about %(workplace)s was changed"), group="employer"
)
CONTACT_PERSON_ADDED = register_kind(
    "employer.contact_person_added", _("%(name)s became our contact person at %(workplace)s"), group="employer"
)
CONTACT_PERSON_CHANGED = register_kind(
    "employer.contact_person_changed", _("What we know about %(name)s was changed"), group="employer"
)
CONTACT_LOGGED = register_kind("employer.contact_logged", _("Contact with %(workplace)s"), group="employer")
CONTACT_WITHDRAWN = register_kind(
    "employer.contact_withdrawn", _("A contact with %(workplace)s was withdrawn"), group="employer"
)

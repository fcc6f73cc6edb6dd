"""Events about places and their tasks."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

PLACE_REGISTERED = register_kind("place.registered", _("The place %(title)s was registered"), group="employer")
PLACE_CHANGED = register_kind("place.changed", _("The place %(title)s was changed"), group="employer")
PLACE_CONFIRMED = register_kind("place.confirmed", _("The workplace confirmed the place %(title)s"), group="employer")
PLACE_CLOSED = register_kind("place.closed", _("The place %(title)s was closed"), group="employer")
TASK_ADDED = register_kind("place.task_added", _("The task %(task)s was added to %(title)s"), group="employer")
TASK_CHANGED = register_kind("place.task_changed", _("The task %(task)s in %(title)s was changed"), group="employer")
TASK_REMOVED = register_kind("place.task_removed", _("The task %(task)s in %(title)s was removed"), group="employer")

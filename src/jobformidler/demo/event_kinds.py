"""What the demo says about itself: that it is whole, and how far its multiplication has come."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

LOADED = register_kind("demo.loaded", _("The demonstration was loaded"), group="other")
MULTIPLIED = register_kind("demo.multiplied", _("Copy %(copy)s of the demonstration was made"), group="other")

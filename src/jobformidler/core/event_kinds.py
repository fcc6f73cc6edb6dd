"""What the core itself records."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

DELIVERY_READ = register_kind(
    "core.delivery_read", _("A register file was read: %(inserted)s new, %(updated)s changed"), group="other"
)

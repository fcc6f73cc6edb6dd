"""What is recorded about mail; the mail itself is told by the action that caused it."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

MAIL_AGAIN = register_kind("messaging.mail_again", _("A mail was sent again"), group="other")

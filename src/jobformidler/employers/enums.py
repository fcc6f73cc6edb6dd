"""Fixed choices about employers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """Private or public (EMP-01)."""

    PRIVATE = "private", _("private")
    PUBLIC = "public", _("public")


class ContactLevel(TextChoices):
    """Whom one speaks to in a workplace (EMP-02)."""

    DIRECTOR = "director", _("director or manager")
    HR = "hr", _("HR")
    DEPARTMENT = "department", _("department manager")
    FOREMAN = "foreman", _("foreman")
    WORKPLACE_CONTACT = "workplace_contact", _("contact person at the workplace")
    EMPLOYEE_REP = "employee_rep", _("employee representative")


class ContactChannel(TextChoices):
    """The form of a contact with a workplace (EMP-07)."""

    VISIT = "visit", _("visit at the workplace")
    PHONE = "phone", _("phone call")
    MAIL = "mail", _("e-mail")
    VIDEO = "video", _("video meeting")

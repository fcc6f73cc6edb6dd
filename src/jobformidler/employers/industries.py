"""Industries as people speak of them: groups of the first two digits of the industry code (Dansk Branchekode, DB07)."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Industry(NamedTuple):
    """A group of industries: code for addresses, name, first and last pair of digits."""

    code: str
    name: str | Promise
    first: int
    last: int


INDUSTRIES = (
    Industry("landbrug", _("farming, forestry and fishing"), 1, 3),
    Industry("industri", _("industry and utilities"), 5, 39),
    Industry("byggeri", _("construction"), 41, 43),
    Industry("handel", _("trade"), 45, 47),
    Industry("transport", _("transport"), 49, 53),
    Industry("hotel", _("hotels and restaurants"), 55, 56),
    Industry("it", _("information and communication"), 58, 63),
    Industry("finans", _("finance and property"), 64, 68),
    Industry("service", _("business services and cleaning"), 69, 82),
    Industry("offentlig", _("public administration"), 84, 84),
    Industry("undervisning", _("education"), 85, 85),
    Industry("sundhed", _("health, care and social work"), 86, 88),
    Industry("kultur", _("culture, leisure and other services"), 90, 99),
)
BY_CODE = {industry.code: industry for industry in INDUSTRIES}


def industry_name(code: str) -> "str | Promise":
    """The group an industry code belongs to, in words; empty for none or an unknown code."""
    if not code[:2].isdigit():
        return ""
    pair = int(code[:2])
    return next((group.name for group in INDUSTRIES if group.first <= pair <= group.last), "")

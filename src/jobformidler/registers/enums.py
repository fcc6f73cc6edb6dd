"""Kinds of periods in the registers."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpellKind(TextChoices):
    """Dated periods of a citizen (CIT-02). Paid hours beside a benefit, internship and wage subsidy are not work here."""

    LEDIGHEDSYDELSE = "ledighedsydelse", _("ledighedsydelse")
    UNEMPLOYED = "unemployed", _("unemployed on another benefit")
    FLEKSJOB = "fleksjob", _("fleksjob")
    ORDINARY_JOB = "ordinary_job", _("ordinary job")
    MATERNITY = "maternity", _("maternity")


class RuleFamily(TextChoices):
    """What rules are about; a municipality uses one set for each at a time (RULE-01)."""

    CLOCKS = "fleksjob-clocks", _("right and duty in the fleksjob effort")
    CONTACT = "contact", _("contact meetings")
    INTERNSHIPS = "internships", _("longest virksomhedspraktik")
    WORKPLACES = "workplaces", _("places at a workplace (rimelighedskrav)")
    SHARES = "shares", _("share of the target group")
    COURSES = "courses", _("courses that may begin")


#: The families of sets (`law`) that answer each.
SETS_OF: dict[str, tuple[str, ...]] = {
    RuleFamily.CLOCKS: ("fleksjob-clocks",),
    RuleFamily.CONTACT: ("contact-interval", "contact-count"),
    RuleFamily.INTERNSHIPS: ("internship-lengths",),
    RuleFamily.WORKPLACES: ("workplace-ratio",),
    RuleFamily.SHARES: ("population-share",),
    RuleFamily.COURSES: ("courses",),
}


class MeetingHolder(TextChoices):
    """Who holds the statutory contact meetings (CON-13)."""

    CASEWORKER = "caseworker", _("the municipality's caseworker")
    JOBFORMIDLER = "jobformidler", _("the jobformidler")
    PROVIDER = "provider", _("the provider")


class UnemploymentLength(TextChoices):
    """How long a citizen on ledighedsydelse has been unemployed without a break (CIT-03)."""

    UNDER_HALF = "under_half", _("under half a year")
    HALF_TO_YEAR = "half_to_year", _("half a year to a year")
    OVER_YEAR = "over_year", _("a year or more")


class RightKind(TextChoices):
    """The two dates of a clock (RULE-02, RULE-05)."""

    RIGHT = "right", _("the right")
    DUTY = "duty", _("the duty")


class RequestWay(TextChoices):
    """How the citizen asked (RULE-03)."""

    MY_PAGE = "my_page", _("on My page")
    TALK = "talk", _("in a conversation")
    WRITING = "writing", _("in writing")


class GuidanceWay(TextChoices):
    """How the citizen was told (RULE-08)."""

    TALK = "talk", _("in a conversation")
    LETTER = "letter", _("by letter")


class ReferralBasis(TextChoices):
    """On what ground a referral rests (D.1-36)."""

    RIGHT = "right", _("right")
    DUTY = "duty", _("duty")
    OWN = "own", _("the municipality's decision")


class ClockState(TextChoices):
    """Where a right or duty stands, in the words people work with."""

    NOT_ARISEN = "not_arisen", _("has not arisen")
    ARISES = "arises", _("arises")
    UNUSED = "unused", _("arisen, not used")
    ASKED = "asked", _("the citizen has asked for referral")
    TO_ASSESS = "to_assess", _("to be assessed (availability)")
    FULFILLED = "fulfilled", _("fulfilled")
    LAPSED = "lapsed", _("lapsed")
    DEPENDS = "depends", _("depends on the reading")
    PAUSED = "paused", _("paused")


class ClockNeed(StrEnum):
    """What a running clock may ask of somebody: the conditions stand in `querysets.NEEDS`, the words on the screens."""

    OVERDUE = "overdue"
    ASKED = "asked"
    UNUSED = "unused"
    TO_TELL = "to_tell"
    RIGHT_SOON = "right_soon"
    DUTY_SOON = "duty_soon"
    IN_DOUBT = "in_doubt"

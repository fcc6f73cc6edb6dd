"""What happens to periods, approvals and deliveries. Timelines fill in `who` and `citizen`."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

SPELL_ADDED = register_kind("registers.spell_added", _("%(who)s registered a period"), group="case")
SPELL_CORRECTED = register_kind("registers.spell_corrected", _("%(who)s corrected a period"), group="case")
SPELL_REMOVED = register_kind("registers.spell_removed", _("%(who)s removed a wrong period"), group="case")
FLEKSJOB_APPROVED = register_kind(
    "registers.fleksjob_approved", _("%(citizen)s was approved to fleksjob"), group="case"
)
APPROVAL_ENDED = register_kind("registers.approval_ended", _("The approval to fleksjob ended"), group="case")
APPROVAL_CORRECTED = register_kind(
    "registers.approval_corrected", _("%(who)s corrected the approval to fleksjob"), group="case"
)
APPROVAL_REMOVED = register_kind(
    "registers.approval_removed", _("%(who)s removed a wrong approval to fleksjob"), group="case"
)
DELIVERY_DISCARDED = register_kind(
    "registers.delivery_discarded", _("A register file was put aside unread"), group="other"
)
QUARANTINE_FETCHED = register_kind(
    "registers.quarantine_fetched", _("The rows that could not be read in were downloaded"), group="other"
)
MAPPING_SAVED = register_kind("registers.mapping_saved", _("The column mapping %(name)s was saved"), group="other")

RULES_CHOSEN = register_kind("registers.rules_chosen", _("%(who)s chose the rules: %(rules)s"), group="other")
REFERRAL_ASKED = register_kind("registers.referral_asked", _("%(citizen)s asked to be referred"), group="case")
REFERRAL_UNASKED = register_kind(
    "registers.referral_unasked", _("%(citizen)s no longer asks to be referred"), group="case"
)
REFERRAL_DECIDED = register_kind(
    "registers.referral_decided", _("%(who)s decided that %(citizen)s is to be referred: %(basis)s"), group="case"
)
REFERRAL_WITHDRAWN = register_kind(
    "registers.referral_withdrawn", _("%(citizen)s is not to be referred after all"), group="case"
)
GUIDANCE_GIVEN = register_kind("registers.guidance_given", _("%(citizen)s was told of %(about)s"), group="case")
#: A delivery or other rules moved dates; the subject is the delivery, or the municipality when it may be everybody's.
CLOCKS_MOVED = register_kind("registers.clocks_moved", _("Dates of right and duty moved"), group="other")
#: Everything a citizen's clocks may depend on; `core.delivery_read` comes on top, for many citizens at once.
OF_CITIZEN = (
    SPELL_ADDED,
    SPELL_CORRECTED,
    SPELL_REMOVED,
    FLEKSJOB_APPROVED,
    APPROVAL_ENDED,
    APPROVAL_CORRECTED,
    APPROVAL_REMOVED,
)

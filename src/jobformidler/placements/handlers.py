"""What placements tell casework: the evidence of a case's state, and a fresh work list after every event."""

from jobformidler.casework import timeline
from jobformidler.casework.attention import refresh_on
from jobformidler.casework.authority import register_follow
from jobformidler.casework.transitions import CASE
from jobformidler.placements import event_kinds as kinds
from jobformidler.placements import sharing_log as sharing_log  # for its handlers
from jobformidler.placements import state_evidence as state_evidence  # for its registrations
from jobformidler.placements.details import follow_up_lines
from jobformidler.placements.following import follow_recommendation
from jobformidler.placements.guards import nothing_under_way

refresh_on(*kinds.MOVING)
# The follow-up is also a contact in the case, and that entry says with whom and what was agreed.
timeline.hide(kinds.FOLLOWED_UP)
timeline.add_lines("casework.contact", follow_up_lines, "follow_up")
for _verb in ("close", "begin_aftercare"):
    CASE.guard(_verb, nothing_under_way)
# A recommended approval that is followed is an approval.
register_follow("placements.placement", follow_recommendation)

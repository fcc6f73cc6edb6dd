"""Every write about placements, by topic."""

from jobformidler.placements.actions.agreement import change_agreement, draft_agreement, send_for_signature, set_steps
from jobformidler.placements.actions.approval import approve, recommend_approval, send_back, start
from jobformidler.placements.actions.begin import drop, new_agreement, open_dialogue, propose
from jobformidler.placements.actions.card import approve_card, compose_card, read_card, send_card, withdraw_card
from jobformidler.placements.actions.ending import (
    complete,
    convert,
    extend,
    mark_transferred,
    set_vitas,
    stop,
    switch,
)
from jobformidler.placements.actions.follow import follow_up
from jobformidler.placements.actions.hours import as_planned, correct_hours, report_hours, settle, withdraw_hours
from jobformidler.placements.actions.signing import (
    CodeAnswer,
    check_code,
    confirm,
    issue_link,
    mark_read,
    renew_link,
    revoke_link,
    revoke_links,
    send_code,
)
from jobformidler.placements.actions.steps import add_step, agree_step, drop_step, master_step
from jobformidler.placements.actions.stories import agree_for_workplace, publish_story, take_down_story, write_story
from jobformidler.placements.links import LinkProblem, open_link
from jobformidler.placements.reading import missing, signers

__all__ = [
    "CodeAnswer",
    "LinkProblem",
    "add_step",
    "agree_for_workplace",
    "agree_step",
    "approve",
    "approve_card",
    "as_planned",
    "change_agreement",
    "check_code",
    "complete",
    "compose_card",
    "confirm",
    "convert",
    "correct_hours",
    "draft_agreement",
    "drop",
    "drop_step",
    "extend",
    "follow_up",
    "issue_link",
    "mark_read",
    "mark_transferred",
    "master_step",
    "missing",
    "new_agreement",
    "open_dialogue",
    "open_link",
    "propose",
    "publish_story",
    "read_card",
    "recommend_approval",
    "renew_link",
    "report_hours",
    "revoke_link",
    "revoke_links",
    "send_back",
    "send_card",
    "send_code",
    "send_for_signature",
    "set_steps",
    "set_vitas",
    "settle",
    "signers",
    "start",
    "stop",
    "switch",
    "take_down_story",
    "withdraw_card",
    "withdraw_hours",
    "write_story",
]

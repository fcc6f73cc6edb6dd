"""Writes about citizens: the person, relations and access log, resources, considerations, wishes, CV."""

from jobformidler.citizens.actions.access import (
    choose_own_password,
    close_own_access,
    open_own_access,
    send_own_link,
)
from jobformidler.citizens.actions.alerts import change_policy, find_alerts, handle_alert, protect_staff
from jobformidler.citizens.actions.audit import seal_log, verify_log
from jobformidler.citizens.actions.emergency import end_emergency, open_emergency, review_emergency
from jobformidler.citizens.actions.health import add_impairment, edit_impairment, withdraw_impairment
from jobformidler.citizens.actions.people import edit_citizen, register_citizen
from jobformidler.citizens.actions.relations import end_relation, log_access, log_looks, relate
from jobformidler.citizens.actions.resources import (
    add_ability,
    add_competence,
    add_consideration,
    add_wish,
    edit_registration,
    share_consideration,
    start_cv,
    transfer_cv,
    update_cv,
    withdraw_registration,
)
from jobformidler.citizens.actions.rights import (
    answer_correction,
    ask_correction,
    ask_export,
    fetch_export,
    hold,
    lift_hold,
    lift_restriction,
    restrict,
)
from jobformidler.citizens.actions.sharing import disclose, receipt, register_answer, withdraw_consent

__all__ = [
    "add_ability",
    "add_competence",
    "add_consideration",
    "add_impairment",
    "add_wish",
    "answer_correction",
    "ask_correction",
    "ask_export",
    "change_policy",
    "choose_own_password",
    "close_own_access",
    "disclose",
    "edit_citizen",
    "edit_impairment",
    "edit_registration",
    "end_emergency",
    "end_relation",
    "fetch_export",
    "find_alerts",
    "handle_alert",
    "hold",
    "lift_hold",
    "lift_restriction",
    "log_access",
    "log_looks",
    "need_yes",
    "open_emergency",
    "open_own_access",
    "protect_staff",
    "receipt",
    "register_answer",
    "register_citizen",
    "relate",
    "restrict",
    "review_emergency",
    "seal_log",
    "send_own_link",
    "share_consideration",
    "start_cv",
    "transfer_cv",
    "update_cv",
    "verify_log",
    "withdraw_consent",
    "withdraw_impairment",
    "withdraw_registration",
]

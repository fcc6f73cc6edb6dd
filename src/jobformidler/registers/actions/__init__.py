"""Writes about registers: periods and approvals of one citizen, and deliveries of files."""

from jobformidler.registers.actions.approvals import (
    approve_fleksjob,
    correct_approval,
    end_approval,
    remove_approval,
)
from jobformidler.registers.actions.deliveries import (
    choose_columns,
    discard_delivery,
    fetch_quarantine,
    receive_file,
    save_mapping,
    start_delivery,
)
from jobformidler.registers.actions.referral import (
    ask_referral,
    decide_referral,
    give_guidance,
    unask_referral,
    withdraw_referral,
)
from jobformidler.registers.actions.rules import choose_rules
from jobformidler.registers.actions.spells import add_spell, correct_spell, remove_spell

__all__ = [
    "add_spell",
    "approve_fleksjob",
    "ask_referral",
    "choose_columns",
    "choose_rules",
    "correct_approval",
    "correct_spell",
    "decide_referral",
    "discard_delivery",
    "end_approval",
    "fetch_quarantine",
    "give_guidance",
    "receive_file",
    "remove_approval",
    "remove_spell",
    "save_mapping",
    "start_delivery",
    "unask_referral",
    "withdraw_referral",
]

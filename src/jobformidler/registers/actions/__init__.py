"""Writes about registers: periods and approvals of one citizen, and deliveries of files."""

from jobformidler.registers.actions.deliveries import (
    choose_columns,
    discard_delivery,
    fetch_quarantine,
    receive_file,
    save_mapping,
    start_delivery,
)
from jobformidler.registers.actions.spells import add_spell, approve_fleksjob, correct_spell, end_approval, remove_spell

__all__ = [
    "add_spell",
    "approve_fleksjob",
    "choose_columns",
    "correct_spell",
    "discard_delivery",
    "end_approval",
    "fetch_quarantine",
    "receive_file",
    "remove_spell",
    "save_mapping",
    "start_delivery",
]

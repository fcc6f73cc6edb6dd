"""Writes of the set-up: municipality, units, users, memberships, lists, and what failed and is run again."""

from jobformidler.accounts.actions.confidentiality import accept_confidentiality, write_confidentiality
from jobformidler.accounts.actions.factors import (
    begin_second_factor,
    check_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    reset_second_factor,
)
from jobformidler.accounts.actions.identity import link_identity, sign_in_identity, unlink_identity
from jobformidler.accounts.actions.lists import add_item, move_item, rename_item, use_item
from jobformidler.accounts.actions.operations import remove_mapping, rerun_handler
from jobformidler.accounts.actions.organisation import change_settings, create_municipality, create_unit, edit_unit
from jobformidler.accounts.actions.people import (
    add_membership,
    create_user,
    deactivate,
    edit_user,
    end_membership,
    reactivate,
    set_password,
)
from jobformidler.accounts.actions.policy import change_login_policy
from jobformidler.accounts.actions.portrait import put_portrait, take_portrait_down
from jobformidler.accounts.actions.reset import ask_reset, reset_password, send_reset

__all__ = [
    "accept_confidentiality",
    "add_item",
    "add_membership",
    "ask_reset",
    "begin_second_factor",
    "change_login_policy",
    "change_settings",
    "check_second_factor",
    "confirm_second_factor",
    "create_municipality",
    "create_unit",
    "create_user",
    "deactivate",
    "edit_unit",
    "edit_user",
    "end_membership",
    "link_identity",
    "move_item",
    "put_portrait",
    "reactivate",
    "remove_mapping",
    "remove_second_factor",
    "rename_item",
    "renew_recovery_codes",
    "rerun_handler",
    "reset_password",
    "reset_second_factor",
    "send_reset",
    "set_password",
    "sign_in_identity",
    "take_portrait_down",
    "unlink_identity",
    "use_item",
    "write_confidentiality",
]

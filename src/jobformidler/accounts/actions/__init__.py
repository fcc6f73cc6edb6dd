"""Writes of the set-up: municipality, units, users, memberships, lists, and what failed and is run again."""

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

__all__ = [
    "add_item",
    "add_membership",
    "change_settings",
    "create_municipality",
    "create_unit",
    "create_user",
    "deactivate",
    "edit_unit",
    "edit_user",
    "end_membership",
    "move_item",
    "reactivate",
    "remove_mapping",
    "rename_item",
    "rerun_handler",
    "set_password",
    "use_item",
]

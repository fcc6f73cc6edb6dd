"""Withdrawing a wrong registration, and noting what is transferred to the municipality's case system."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.actions.states import settle
from jobformidler.casework.enums import AppointmentStatus
from jobformidler.casework.models import Appointment, Case, Contact, Plan, PlanActivity, SubGoal
from jobformidler.casework.next_steps import follow_contact
from jobformidler.casework.writing import told, working
from jobformidler.citizens.actions import withdraw_registration
from jobformidler.citizens.models import OfCitizen
from jobformidler.core.actions import action, check
from jobformidler.core.models import Transferable, Withdrawable
from jobformidler.core.rows import change, lock


def _case_of(row: Any) -> Case:
    if isinstance(row, SubGoal):
        return row.goal.plan.case
    if isinstance(row, PlanActivity):
        return row.plan.case
    return row.case


@action
def withdraw(*, row: Withdrawable, by: User | None, at: dt.datetime, reason: str) -> Withdrawable:
    """Withdraw a wrong registration of casework or citizens, with a reason.

    It stays in the timeline, struck out. What was derived from it follows: the state goes back to what the remaining
    evidence supports, the next step to the contact before, an appointment it had marked as held is planned again.
    """
    if isinstance(row, OfCitizen):
        return withdraw_registration(row=row, by=by, at=at, reason=reason)
    case = _case_of(row)
    working(case, by, at)
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(row)
    check(row.withdrawn_at is None, _("This registration has been withdrawn."))
    change(row, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip())
    if isinstance(row, Contact):
        Appointment.objects.filter(contact=row).update(status=AppointmentStatus.PLANNED, contact=None)
        follow_contact(case, row, before=(row.next_step, row.next_step_on))
    settle(case=case, at=at, by=by)
    told(case, kinds.WITHDRAWN, row, by=by, at=at, what=row._meta.model_name)
    return row


@action
def mark_transferred(
    *, row: Transferable, on: dt.date | None, receipt: str, by: User | None, at: dt.datetime
) -> Transferable:
    """Note that a conversation or the plan is also registered in the municipality's case system, with its receipt.

    `on=None` takes the note back. A CV is transferred with `citizens.actions.transfer_cv`.
    """
    case = row.case  # type: ignore[attr-defined]  # the transferable rows of casework belong to a case
    working(case, by, at)
    if change(row, transferred_on=on, transfer_receipt=receipt.strip()) and on:
        what = "plan" if isinstance(row, Plan) else "contact"
        told(case, kinds.TRANSFERRED, row, by=by, at=at, what=what, on=on.isoformat())
    return row

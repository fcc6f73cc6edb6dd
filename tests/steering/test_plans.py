"""The yearly employment plan: written, sent to LBR, decided by the council; and the providers' share of the effort."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.accounts.enums import OrganisationKind
from jobformidler.accounts.models import Organisation
from jobformidler.casework.actions import open_case
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.core.actions import ActionError
from jobformidler.steering.actions import save_plan, take_step
from jobformidler.steering.models import EmploymentPlan
from jobformidler.steering.providers import provider_share

D = dt.date


@pytest.fixture
def save(world, now):
    """Ole writes the plan."""

    def run(**changes):
        values = {"year": 2027, "strategy": "Få, men gode.", "goals": "Flere timer.", "provider_percent": 25}
        return save_plan(municipality=world.municipality, at=now, **{"by": world.ole, **values, **changes})

    return run


def test_the_council_waits_for_the_hearing_and_then_the_plan_stands(world, now, day, save):
    plan = save()
    step = {"plan": plan, "by": world.ole, "at": now}
    with pytest.raises(ActionError, match="LBR"):
        take_step(stage="council", on=day, **step)
    take_step(stage="seminar", on=D(2026, 9, 1), **step)
    take_step(stage="hearing", on=D(2026, 11, 10), **step)
    with pytest.raises(ActionError, match="LBR"):
        take_step(stage="council", on=D(2026, 11, 9), **step)
    save(goals="Endnu flere timer.", version=plan.version)
    take_step(stage="answer", on=D(2026, 11, 20), note="Flere små virksomheder.", **step)
    take_step(stage="council", on=day, **step)
    with pytest.raises(ActionError):
        save(goals="Færre timer.")
    with pytest.raises(ActionError):
        take_step(stage="seminar", on=day, **step)
    assert [row.stage for row in EmploymentPlan.objects.get().steps.all()] == [
        "seminar",
        "hearing",
        "answer",
        "council",
    ]


def test_only_leaders_write_plans(world, save):
    for by in (world.line, world.peter, world.admin):
        with pytest.raises(PermissionDenied):
            save(by=by)
    with pytest.raises(ActionError):
        save(provider_percent=101)


def test_the_real_share_counts_citizens_who_were_with_a_provider_that_year(world, now, day):
    provider = Organisation.objects.create(
        kind=OrganisationKind.PROVIDER, name="Springbræt", municipality=None, cvr="99000198"
    )
    for number in range(1, 5):
        citizen = world.citizen(number=number)
        open_case(citizen=citizen, unit=world.unit, jobformidler=world.line, by=world.peter, at=now)
        if number == 1:
            relate(citizen=citizen, kind=RelationKind.PROVIDER, organisation=provider, since=D(2026, 2, 1))
    share = provider_share(world.municipality, 2026, day)
    assert (share.citizens, share.with_provider, share.percent) == (4, 1, 25.0)
    assert provider_share(world.municipality, 2027, day).percent is None

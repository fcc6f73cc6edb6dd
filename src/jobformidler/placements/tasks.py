"""Work of placements that waits for a day of the week."""

from procrastinate.contrib.django import app

from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.placements.actions.reminders import ask_for_hours
from jobformidler.placements.friday import is_time, to_ask


@app.periodic(cron="11 * * * *")
@app.task(name="placements.ask_for_hours", queueing_lock="placements.ask_for_hours")
def ask_about_the_week(timestamp: int) -> None:
    """On Friday afternoon of each municipality's own clock: ask workplaces about the hours nobody has reported.

    Whoever was asked is left alone for days, so that a second run, or one after a stop, asks nobody twice.
    """
    for municipality in Municipality.objects.filter(hours_reminder=True).order_by("code"):
        with db.enter(municipality, reason="hours: ask workplaces"):
            now = clock.now()
            for placement in to_ask(now) if is_time(now) else ():
                ask_for_hours(placement=placement, at=now)

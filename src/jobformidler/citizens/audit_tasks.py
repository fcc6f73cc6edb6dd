"""Jobs of the access log: sealed every minute, looked through every hour."""

import datetime as dt

from procrastinate.contrib.django import app

from jobformidler.citizens.actions.alerts import find_alerts
from jobformidler.citizens.actions.audit import seal_log
from jobformidler.citizens.watch import keep_anchor
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality

#: Most batches a run seals in one municipality; the next run goes on.
MOST_BATCHES = 20


@app.periodic(cron="* * * * *")
@app.task(name="citizens.seal_access_log", queueing_lock="citizens.seal_access_log")
def seal_access_log(timestamp: int) -> None:
    """Seal what has been looked at, each batch in a transaction of its own."""
    for municipality in Municipality.objects.order_by("code"):
        seal_municipality(municipality)


def seal_municipality(municipality: Municipality, most: int = MOST_BATCHES) -> int:
    """Seal up to `most` batches of one municipality; returns how many. The anchor is written after the commit."""
    for made in range(most):
        with db.enter(municipality, reason="access log: seal"):
            seal = seal_log(municipality=municipality, at=clock.now())
        if seal is None:
            return made
        keep_anchor(municipality, seal)
    return most


@app.periodic(cron="7 * * * *")
@app.task(name="citizens.find_access_alerts", queueing_lock="citizens.find_access_alerts")
def find_access_alerts(timestamp: int) -> None:
    """Look through yesterday and today for unusual look-ups."""
    for municipality in Municipality.objects.order_by("code"):
        with db.enter(municipality, reason="access log: alerts"):
            now = clock.now()
            since = clock.at_time(now.date() - dt.timedelta(days=1), 0)
            find_alerts(municipality=municipality, since=since, at=now)

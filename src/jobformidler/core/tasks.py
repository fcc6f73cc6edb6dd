"""Background work of the core: handlers of events, and recovery of jobs a killed worker left behind."""

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobformidler.core import db, events, logs
from jobformidler.core.models import Event, FailedHandler, Municipality


@app.task(name="core.handle_event", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def handle_event(event_id: int, handler: str, municipality_id: int) -> None:
    """Run one handler for one event inside its tenant; a failure is kept for the administrator and retried."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        with db.enter(municipality, reason=f"handler {handler}"):
            events.run_handler(Event.objects.get(pk=event_id), handler)
            FailedHandler.objects.filter(event_id=event_id, handler=handler, resolved_at=None).update(
                resolved_at=timezone.now()
            )
    except Exception as error:
        # No values: what the administrator reads could otherwise be personal.
        where = "\n".join(logs.lines(error, error.__traceback__))
        with db.enter(municipality, reason="handler failed"):
            note_failure(event_id=event_id, handler=handler, municipality=municipality, error=where)
        raise


def note_failure(*, event_id: int, handler: str, municipality: Municipality, error: str) -> None:
    """Keep one row for each failing (event, handler) with the number of attempts."""
    now = timezone.now()
    with transaction.atomic():
        row, new = FailedHandler.objects.get_or_create(
            event_id=event_id,
            handler=handler,
            defaults={"municipality": municipality, "error": error, "first_failed_at": now, "last_failed_at": now},
        )
        if not new:
            row.attempts += 1
            row.error, row.last_failed_at, row.resolved_at = error, now, None
            row.save()


@app.periodic(cron="* * * * *")
@app.task(name="core.recover_stalled", queueing_lock="core.recover_stalled", pass_context=True)
async def recover_stalled(context, timestamp: int) -> None:
    """Give back jobs whose worker was killed, so that another takes them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await manager.retry_job(job)


@app.periodic(cron="40 2 * * *")
@app.task(name="core.retention", queueing_lock="core.retention")
def end_what_is_over(timestamp: int) -> None:
    """Every night: anonymise and delete what the rules of each municipality say. As the worker's role."""
    from jobformidler.core.retention.run import run

    for municipality in Municipality.objects.order_by("code"):
        run(municipality)

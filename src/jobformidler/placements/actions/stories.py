"""Success stories: written, agreed by the workplace, published only with both, taken down at once (GOV-13)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.perms import may_write
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.rows import change, create, lock
from jobformidler.employers.models import Workplace
from jobformidler.placements import event_kinds
from jobformidler.placements.models import Story
from jobformidler.placements.stories import blocked


@action
def write_story(
    *, citizen: Citizen, workplace: Workplace, title: str, text: str, by: User | None, at: dt.datetime
) -> Story:
    """Write a story; nobody but those who work with the citizen sees it before it is published."""
    day = clock.local_date(at)
    allow(may_write(by, citizen, day))
    row = create(
        Story,
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        workplace=workplace,
        title=title.strip(),
        text=text.strip(),
        written_on=day,
        by=by,
    )
    record(event_kinds.STORY_WRITTEN, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def agree_for_workplace(*, story: Story, name: str, on: dt.date, by: User | None, at: dt.datetime) -> Story:
    """Note who said yes for the workplace, and when."""
    day = clock.local_date(at)
    allow(may_write(by, story.citizen, day))
    check(name.strip(), _("Write who said yes for the workplace."), "workplace_yes_by")
    check(on <= day, _("The day has not come yet."), "workplace_yes_on")
    change(story, workplace_yes_by=name.strip(), workplace_yes_on=on)
    record(
        event_kinds.STORY_AGREED,
        story,
        by=by,
        at=at,
        citizen_id=story.citizen_id,
        workplace_id=story.workplace_id,
        workplace=story.workplace.name,
    )
    return story


@action
def publish_story(*, story: Story, by: User | None, at: dt.datetime) -> Story:
    """Publish the story. Raises ActionError with whose yes is missing."""
    day = clock.local_date(at)
    allow(may_write(by, story.citizen, day))
    lock(story)
    missing = blocked(story, day)
    check(not missing, " ".join(missing))
    change(story, published_on=day)
    record(event_kinds.STORY_PUBLISHED, story, by=by, at=at, citizen_id=story.citizen_id)
    return story


@action
def take_down_story(*, story: Story, by: User | None, at: dt.datetime) -> Story:
    """Take the story down and forget the workplace's yes."""
    allow(may_write(by, story.citizen, clock.local_date(at)))
    change(story, published_on=None, workplace_yes_by="", workplace_yes_on=None)
    record(event_kinds.STORY_TAKEN_DOWN, story, by=by, at=at, citizen_id=story.citizen_id)
    return story

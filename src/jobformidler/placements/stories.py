"""Whose yes a success story waits for (GOV-13)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.citizens.answers import To, need_yes
from jobformidler.citizens.sharing import Receiver, ShareField
from jobformidler.core.actions import ActionError
from jobformidler.placements.models import Story


def blocked(story: Story, day: dt.date) -> list[str]:
    """Whose yes is missing on `day`, as sentences; empty when the story may be published."""
    found = []
    try:
        need_yes(story.citizen, ShareField.STORY, To(Receiver.PUBLIC), day)
    except ActionError:
        found.append(_("%(name)s has not said yes to being in a story.") % {"name": story.citizen.short_name})
    if story.workplace_yes_on is None:
        found.append(_("%(workplace)s has not said yes to being in a story.") % {"workplace": story.workplace.name})
    return found

"""Mona's case, place and agreement for the screens of placements, and the clock they look at."""

import datetime as dt
import re

import pytest
from tests.placements.conftest import (
    case,
    draft,
    mailed_code,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    workplace,
)

from jobformidler.core import clock
from jobformidler.placements import actions

__all__ = [
    "at",
    "case",
    "draft",
    "line",
    "mailed_code",
    "moment",
    "opening",
    "peter",
    "placement",
    "report",
    "running",
    "sign",
    "signed",
    "text",
    "waiting",
    "workplace",
]


@pytest.fixture
def at(monkeypatch, now):
    """Screens see nine o'clock on the test day; call it with another moment to let time pass."""

    def set_to(moment: dt.datetime) -> dt.datetime:
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    set_to(now)
    return set_to


@pytest.fixture
def line(client, world, at):
    """A browser in which Line is logged in."""
    client.force_login(world.line)
    return client


@pytest.fixture
def peter(client, world, at):
    """A browser in which Peter is logged in."""
    client.force_login(world.peter)
    return client


@pytest.fixture
def waiting(world, now, placement):
    """Sent, nobody has signed."""
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    return placement


@pytest.fixture
def signed(world, waiting, sign):
    """Both have signed."""
    sign(waiting, by=world.line)
    return waiting


def text(response) -> str:
    """The words of a page, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))

"""The four scenes, standing: fixtures for tests that look at many pages of the same municipality."""

import pytest
from tests.web.scenes import town

from jobformidler.core import db

__all__ = ["_town", "scenes", "world"]


@pytest.fixture
def _town(standing):
    with standing.inside("town", town) as (world, scenes), db.enter(world.municipality, reason="test"):
        yield world, scenes


@pytest.fixture
def world(_town):
    """The municipality with its people."""
    return _town[0]


@pytest.fixture
def scenes(_town):
    """The objects of each scene by name."""
    return _town[1]

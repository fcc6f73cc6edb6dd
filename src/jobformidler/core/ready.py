"""Loads the rooms of a package that register something: kinds of events, transitions, attention, handlers, checks, files."""

from importlib import import_module
from importlib.util import find_spec

ROOMS = ("event_kinds", "transitions", "attention", "handlers", "checks", "ingest", "retention")


def load_rooms(package: str) -> None:
    """Import those of the rooms the package has, in this order. Called from AppConfig.ready."""
    for room in ROOMS:
        if find_spec(f"{package}.{room}"):
            import_module(f"{package}.{room}")

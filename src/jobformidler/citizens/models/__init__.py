"""Nouns about citizens, one file a topic."""

from jobformidler.citizens.models.access import AccessLog, Relation
from jobformidler.citizens.models.person import Citizen
from jobformidler.citizens.models.resources import (
    CV,
    Competence,
    Consideration,
    OfCitizen,
    TaskAbility,
    Wish,
)

__all__ = [
    "CV",
    "AccessLog",
    "Citizen",
    "Competence",
    "Consideration",
    "OfCitizen",
    "Relation",
    "TaskAbility",
    "Wish",
]

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
from jobformidler.citizens.models.rights import (
    Anonymisation,
    CorrectionRequest,
    DataExport,
    LegalHold,
    Restriction,
)

__all__ = [
    "CV",
    "AccessLog",
    "Citizen",
    "Anonymisation",
    "Competence",
    "Consideration",
    "OfCitizen",
    "Relation",
    "CorrectionRequest",
    "DataExport",
    "LegalHold",
    "TaskAbility",
    "Wish",
]
    "Restriction",

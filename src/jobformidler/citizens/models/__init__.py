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
from jobformidler.citizens.models.sharing import Consent, Disclosure

__all__ = [
    "CV",
    "AccessLog",
    "Anonymisation",
    "Citizen",
    "Competence",
    "Consent",
    "Consideration",
    "CorrectionRequest",
    "DataExport",
    "Disclosure",
    "LegalHold",
    "OfCitizen",
    "Relation",
    "Restriction",
    "TaskAbility",
    "Wish",
]

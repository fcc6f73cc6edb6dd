"""Nouns about citizens, one file a topic."""

from jobformidler.citizens.models.access import AccessLog, Relation
from jobformidler.citizens.models.audit import (
    AccessAlert,
    AccessSeal,
    AuditPolicy,
    EmergencyAccess,
    SealedLook,
    StaffHome,
    StaffPrivacy,
)
from jobformidler.citizens.models.health import Impairment
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
    "AccessAlert",
    "AccessLog",
    "AccessSeal",
    "Anonymisation",
    "AuditPolicy",
    "Citizen",
    "Competence",
    "Consent",
    "Consideration",
    "CorrectionRequest",
    "DataExport",
    "Disclosure",
    "EmergencyAccess",
    "Impairment",
    "LegalHold",
    "OfCitizen",
    "Relation",
    "Restriction",
    "SealedLook",
    "StaffHome",
    "StaffPrivacy",
    "TaskAbility",
    "Wish",
]

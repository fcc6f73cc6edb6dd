"""People and their roles; how they log in and what is kept of it."""

from jobformidler.accounts.models.confidentiality import ConfidentialityAcceptance, ConfidentialityText
from jobformidler.accounts.models.login import (
    ExternalIdentity,
    LoginAttempt,
    LoginPolicy,
    LoginSession,
    PolicyReport,
    RecoveryCode,
    SecondFactor,
    SentForm,
)
from jobformidler.accounts.models.people import Membership, Organisation, Unit, User, UserManager
from jobformidler.accounts.models.portrait import Portrait

__all__ = [
    "ConfidentialityAcceptance",
    "ConfidentialityText",
    "ExternalIdentity",
    "LoginAttempt",
    "LoginPolicy",
    "LoginSession",
    "Membership",
    "Organisation",
    "PolicyReport",
    "Portrait",
    "RecoveryCode",
    "SecondFactor",
    "SentForm",
    "Unit",
    "User",
    "UserManager",
]

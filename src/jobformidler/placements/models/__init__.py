"""Nouns about placements, one file a topic."""

from jobformidler.placements.models.placement import (
    OVER,
    STARTED,
    AgreementVersion,
    Confirmation,
    FollowUp,
    LadderStep,
    Placement,
    SignedLink,
    WeekHours,
)

__all__ = [
    "OVER",
    "STARTED",
    "AgreementVersion",
    "Confirmation",
    "FollowUp",
    "LadderStep",
    "Placement",
    "SignedLink",
    "WeekHours",
]

"""Nouns about placements, one file a topic."""

from jobformidler.placements.models.card import DisclosureCard
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
from jobformidler.placements.models.story import Story

__all__ = [
    "OVER",
    "STARTED",
    "AgreementVersion",
    "Confirmation",
    "DisclosureCard",
    "FollowUp",
    "LadderStep",
    "Placement",
    "SignedLink",
    "Story",
    "WeekHours",
]

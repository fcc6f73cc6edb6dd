"""A match category of former rules is information: nothing on the way to a workplace asks about it (CIT-05)."""

from jobformidler.casework.actions import note_match
from jobformidler.placements import actions
from jobformidler.placements.enums import PlacementStatus


def test_somebody_told_as_match_two_is_placed_without_anybody_overriding(world, now, case, placement, sign, moment):
    note_match(case=case, category="2", since=now.date(), source="Fagsystem", by=world.peter, at=now)
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    actions.approve(placement=placement, by=world.peter, at=now)
    actions.start(placement=placement, by=world.line, at=moment())
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.INTERNSHIP
    assert "match" not in str(placement.versions.latest("pk").content).lower()

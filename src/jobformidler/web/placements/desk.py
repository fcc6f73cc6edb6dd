"""What stands beside the sheet: what is next, who signs and what each has seen, and the versions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.models import User
from jobformidler.casework.decision_enums import DecisionStatus
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Decision
from jobformidler.core import clock
from jobformidler.placements import links
from jobformidler.placements import words as domain
from jobformidler.placements.enums import ENDED, RUNNING, Party, PlacementStatus
from jobformidler.placements.ladder import Grips, grips
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import AgreementVersion, Confirmation, Placement, SignedLink
from jobformidler.placements.perms import AUTHORITY, WORK, powers_on
from jobformidler.placements.transitions import STATES
from jobformidler.web.placements import words
from jobformidler.web.placements.advice import Advice, of_agreement
from jobformidler.web.placements.sheet import Sheet

AWAITING = (PlacementStatus.AWAITING_SIGNATURE, PlacementStatus.AWAITING_APPROVAL, PlacementStatus.APPROVED)
PARTY_WORDS = {
    Party.CITIZEN: lambda: _("the citizen as party"),
    Party.EMPLOYER: lambda: _("the workplace"),
    Party.STAFF: lambda: _("the employees"),
}


@dataclass
class Signer:
    """One who signs or approves, and what they have seen or must do."""

    name: str
    role: str
    seen: str
    party: str = ""
    can_remind: bool = False
    wait: str = ""
    can_sign_here: bool = False

    @property
    def box(self) -> str:
        """The name of the box in which a signature given at a meeting is registered."""
        return f"here_{self.party}"


@dataclass
class VersionLine:
    """One version in the list: when, by whom, what changed."""

    number: int
    text: str
    current: bool


class Desk:
    """One placement's agreement as its page shows it. Reads each thing once, when a template asks."""

    def __init__(self, placement: Placement, user: User, now: dt.datetime, opened: str = ""):
        self.placement = placement
        self.user = user
        self.now = now
        self.today = clock.local_date(now)
        self.opened = opened

    @cached_property
    def powers(self) -> frozenset[str]:
        """What the viewer may do here."""
        return powers_on(self.user, self.placement.case, self.today)

    @property
    def works(self) -> bool:
        """Whether the viewer prepares, follows and ends placements of this case."""
        return bool(self.powers & WORK)

    @property
    def decides(self) -> bool:
        """Whether the viewer approves for the municipality."""
        return bool(self.powers & AUTHORITY)

    @cached_property
    def versions(self) -> list[AgreementVersion]:
        """All versions, the newest first, with their confirmations."""
        found: QuerySet[AgreementVersion] = self.placement.versions.select_related("made_by").prefetch_related(
            "confirmations"
        )
        versions = list(found)
        for version in versions:
            version.placement = self.placement
        return versions

    @property
    def newest(self) -> AgreementVersion | None:
        """The version on the sheet."""
        return self.versions[0] if self.versions else None

    @property
    def sent(self) -> AgreementVersion | None:
        """The newest version that was sent."""
        return next((version for version in self.versions if version.sent_at), None)

    @property
    def editable(self) -> bool:
        """Whether the viewer can change values now."""
        over = self.placement.status in (*ENDED, PlacementStatus.DROPPED)
        return self.works and not over and self.newest is not None

    @cached_property
    def sheet(self) -> Sheet:
        """The newest version as a sheet."""
        assert self.newest is not None
        return Sheet(
            self.newest.content,
            placement_pk=self.placement.pk if self.editable else None,
            for_staff=True,
            opened=self.opened,
            advice=self.advice,
        )

    @cached_property
    def advice(self) -> list[Advice]:
        """What rules that are switched on warn of."""
        assert self.newest is not None
        return of_agreement(self.placement, self.newest.content, self.today)

    @property
    def unsent(self) -> bool:
        """Whether the newest version is still being written."""
        return self.newest is not None and self.newest.sent_at is None

    @property
    def running(self) -> bool:
        """Under way."""
        return self.placement.status in RUNNING

    @property
    def over(self) -> bool:
        """Ended or dropped."""
        return self.placement.status in (*ENDED, PlacementStatus.DROPPED)

    @property
    def phase(self) -> str:
        """Which box stands beside the sheet: write, sign, approve, start, run or over."""
        if self.over:
            return "over"
        if self.unsent:
            return "write"
        if self.running:
            return "run"
        return {
            PlacementStatus.AWAITING_SIGNATURE: "sign",
            PlacementStatus.AWAITING_APPROVAL: "approve",
            PlacementStatus.APPROVED: "start",
        }.get(PlacementStatus(self.placement.status), "write")

    @property
    def version_line(self) -> str:
        """The small line under the title of the sheet."""
        version = self.newest
        assert version is not None
        at = words.moment_words(version.made_at, self.today)
        if version.sent_at is None:
            return _("Version %(n)s, draft. Saved %(at)s.") % {"n": version.number, "at": at}
        return _("Version %(n)s, sent %(at)s.") % {
            "n": version.number,
            "at": words.moment_words(version.sent_at, self.today),
        }

    @property
    def version_help(self) -> str:
        """How to change the sheet, and what comes of it; for the screen alone."""
        version = self.newest
        assert version is not None
        if not self.editable:
            return ""
        if version.sent_at is None:
            return _("Click a word with dots under it to change it.")
        return _("If you change a word, version %(n)s begins.") % {"n": version.number + 1}

    @property
    def ready_sentence(self) -> str:
        """ "2 ting mangler. Resten er udfyldt fra pladsen, sagen og den sidste aftale."."""
        count = len(self.sheet.missing)
        if not count:
            return _("Nothing is missing. Read it through once, and send it.")
        text = ngettext("%(n)s thing is missing.", "%(n)s things are missing.", count) % {"n": count}
        return text + " " + _("The rest is filled in from the place, the case and the last agreement.")

    @cached_property
    def grips(self) -> Grips:
        """Which of the four most effective grips are in place today (PLC-13). One query."""
        return grips(self.placement, self.today)

    @property
    def grip_lines(self) -> list[tuple[str, bool, str]]:
        """Each grip in words, whether it is in place, and the step that brings it there."""
        return [(words.capital(label), held, words.grip_step(name)) for name, label, held in self.grips.named]

    # Signers -------------------------------------------------------------------------------------------------------

    @cached_property
    def caseworker(self) -> User | None:
        """The case's own caseworker."""
        row = (
            Assignment.objects.active_on(self.today)
            .filter(case=self.placement.case, role=CaseRole.CASEWORKER)
            .select_related("user")
            .first()
        )
        return row.user if row else None

    @cached_property
    def recommended(self) -> Decision | None:
        """The recommendation of the approval that waits for the caseworker, while the placement does."""
        if self.phase != "approve":
            return None
        waiting = Decision.objects.filter(
            case=self.placement.case_id,
            subject_type="placements.placement",
            subject_id=self.placement.pk,
            status=DecisionStatus.RECOMMENDED,
        )
        return waiting.select_related("recommended_by").only("pk", "recommended_by__name").first()

    @property
    def approver_name(self) -> str:
        """Who is expected to approve."""
        return (
            self.caseworker.name
            if self.caseworker
            else _("a caseworker in %(unit)s") % {"unit": self.placement.case.unit.name}
        )

    @cached_property
    def last_links(self) -> dict[str, SignedLink]:
        """The newest link for signing by party."""
        rows = SignedLink.objects.filter(
            municipality_id=self.placement.municipality_id, placement_id=self.placement.pk, purpose=LinkPurpose.SIGN
        ).order_by("made_at")
        return {row.party: row for row in rows}

    def _confirmation(self, party: str) -> tuple[AgreementVersion | None, Confirmation | None]:
        """The newest version the party has read or signed, with what they did."""
        for version in self.versions:
            for row in version.confirmations.all():
                if row.party == party and (row.read_at or row.confirmed_at):
                    return version, row
        return None, None

    def _seen(self, party: str) -> str:
        version, row = self._confirmation(party)
        values = {"n": version.number if version else 0}
        if row is not None and row.confirmed_at:
            at = words.moment_words(row.confirmed_at, self.today)
            if row.carried_from_id:
                return _("Signed an earlier version. The signature still holds.")
            return _("Signed version %(n)s %(at)s") % {**values, "at": at}
        if row is not None and row.read_at and version:
            day = words.day_words(clock.local_date(row.read_at), self.today)
            return _("Has read version %(n)s %(day)s") % {**values, "day": day}
        link = self.last_links.get(party)
        if self.sent is None:
            return _("Gets a link when you send it")
        if link is None:
            return _("We know no e-mail. Sign together at a meeting.")
        return _("Link sent %(day)s to %(mail)s") % {
            "day": words.day_words(clock.local_date(link.made_at), self.today),
            "mail": link.sent_to,
        }

    @cached_property
    def waiting(self) -> list[str]:
        """Parties who have not signed the newest sent version."""
        if self.sent is None:
            return [str(party) for party in self.newest.parties] if self.newest else []
        done = {row.party for row in self.sent.confirmations.all() if row.confirmed_at}
        return [str(party) for party in self.sent.parties if party not in done]

    @property
    def signers(self) -> list[Signer]:
        """In signing order: the citizen, the workplace, the employees where somebody signs for them, the municipality."""
        assert self.newest is not None
        asks = self.phase == "sign" or (self.running and self.sent is self.newest)
        found = []
        for party in self.newest.parties:
            signer = Signer(self.newest.signer(party), PARTY_WORDS[party](), self._seen(party), party=str(party))
            if asks and self.works and party in self.waiting:
                link = self.last_links.get(party)
                signer.can_sign_here = True
                open_at = link.made_at + links.REMINDER_PAUSE if link else None
                signer.can_remind = open_at is None or open_at <= self.now
                if open_at and open_at > self.now:
                    signer.wait = _("A new link can be sent %(at)s.") % {"at": words.moment_words(open_at, self.today)}
            found.append(signer)
        return [*found, Signer(*self._approver())]

    def _approver(self) -> tuple[str, str, str]:
        placement = self.placement
        if placement.approved_on and placement.approved_by:
            day = words.day_words(placement.approved_on, self.today)
            return placement.approved_by.name, _("for the municipality"), _("Approved %(day)s") % {"day": day}
        name = words.capital(self.approver_name)
        if self.phase == "approve":
            return name, _("the municipality approves"), _("Has it for approval now")
        return name, _("the municipality approves"), _("Gets it when everybody has signed")

    @property
    def missing_names(self) -> str:
        """ "Torben Enebær (virksomheden)"."""
        if self.sent is None:
            return ""
        names = [f"{self.sent.signer(party)} ({PARTY_WORDS[Party(party)]()})" for party in self.waiting]
        return domain.joined(names)

    @property
    def hindrance(self) -> str:
        """The hard sentence while something stands in the way of the start; empty when nothing does."""
        if self.running or self.over or self.placement.status not in AWAITING:
            return ""
        sent = self.sent
        names = [sent.signer(party) for party in self.waiting] if sent else []
        parts = [_("%(name)s has signed") % {"name": domain.joined(names)}] if names else []
        if not self.placement.approved_on:
            parts.append(_("the municipality has approved"))
        if not parts:
            return ""
        return _("The placement cannot start before %(what)s.") % {"what": domain.joined(parts)}

    @property
    def start_problems(self) -> list[str]:
        """What stands in the way of the start, as sentences."""
        self.placement.as_of = self.today  # type: ignore[attr-defined]  # read by the guard of the first day
        return STATES.problems("start", self.placement)

    # Versions ------------------------------------------------------------------------------------------------------

    @property
    def version_lines(self) -> list[VersionLine]:
        """The versions with what changed and by whom."""
        return [self._line(version) for version in self.versions]

    def _line(self, version: AgreementVersion) -> VersionLine:
        day = words.day_words(clock.local_date(version.made_at), self.today)
        values = {"day": day, "who": version.made_by.name.split(" ")[0] if version.made_by else _("the system")}
        if version.changed:
            text = _("%(day)s, changed by %(who)s: %(what)s") % {**values, "what": words.joined_labels(version.changed)}
        else:
            text = _("%(day)s, written by %(who)s") % values
        return VersionLine(version.number, text, version is self.newest)

    # For other systems ---------------------------------------------------------------------------------------------

    @property
    def copy_text(self) -> str:
        """The agreement as lines to carry into another system; nothing about health, no CPR."""
        assert self.newest is not None
        content: dict[str, Any] = self.newest.content
        lines = [
            (_("Workplace"), f"{content['workplace']}, P {self.placement.workplace.p_number}"),
            (_("Kind"), words.capital(words.kind_words(content.get("kind") or ""))),
            (_("Purpose"), self.sheet.purpose_text),
            (_("Period"), f"{words.value_words('starts_on', content)} – {words.value_words('last_on', content)}"),
            (_("Hours"), words.value_words("hours", content)),
            (_("Days"), words.value_words("days", content)),
            (_("Tasks"), content.get("tasks") or ""),
            (_("Contact person"), words.value_words("contact", content)),
            (_("VITAS number"), self.placement.vitas_number),
        ]
        return "\n".join(f"{label}: {value}" for label, value in lines if value)

"""The page of a decision: the letter as a sheet, what is missing in the margin, the next step beside it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobformidler.casework.authority import decider_powers
from jobformidler.casework.decision_enums import AFTER_DECIDED, Answer, DecisionStatus
from jobformidler.casework.decision_letters import guidance
from jobformidler.casework.decision_transitions import DECISION
from jobformidler.casework.models import Decision, Hearing
from jobformidler.casework.perms import AUTHORITY, WORKERS
from jobformidler.core import clock
from jobformidler.messaging.letters.drawing import paragraphs
from jobformidler.messaging.models import Letter
from jobformidler.web import danish
from jobformidler.web.cases.words import moment_words, said_by
from jobformidler.web.decisions.guarding import decision_page
from jobformidler.web.decisions.steps import STEPS, WORDS
from jobformidler.web.http import Request

S = DecisionStatus
#: Which step is the primary one, in each state.
FIRST = {
    S.RECOMMENDED: "prepare",
    S.DRAFT: "decide",
    S.HEARING: "end_hearing",
    S.READY: "decide",
    S.DECIDED: "deliver",
    S.REMITTED: "replace",
}


@dataclass
class Paragraph:
    """One paragraph of the sheet; `missing` stands in the margin."""

    title: str
    texts: list[str]
    missing: str = ""
    help: str = ""


@dataclass
class Desk:
    """What the page needs, read once."""

    decision: Decision
    powers: frozenset[str]
    today: dt.date
    hearings: list[Hearing] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    @property
    def decides(self) -> bool:
        """Whether the viewer decides this kind here."""
        return AUTHORITY in self.powers

    @property
    def works(self) -> bool:
        """Whether the viewer works on the case."""
        return bool(self.powers & WORKERS)

    def steps(self) -> tuple[tuple[str, str] | None, list[tuple[str, str]]]:
        """The primary step and the others: label and address. From the transition table and what is open beside it."""
        decision = self.decision
        offered = {
            verb.name: str(STEPS[WORDS[verb.name]].title)
            for verb in DECISION.open_to(decision, self.powers & {AUTHORITY})
            if verb.name in WORDS and not (verb.name == "end_hearing" and DECISION.problems(verb.name, decision))
        }
        first = FIRST.get(DecisionStatus(decision.status))
        if first == "decide" and DECISION.problems("decide", decision):
            first = "hear" if self._complete_but_for_hearing() else ""
        primary = (offered.pop(first), self._url(WORDS[first])) if first in offered else None
        others = [(label, self._url(WORDS[name])) for name, label in offered.items() if self._useful(name)]
        if self.decides and decision.status in (S.DRAFT, S.READY):
            write = (str(STEPS["skriv"].title), self._url("skriv"))
            primary, others = (write, others) if primary is None else (primary, [write, *others])
        if decision.status == S.HEARING:
            others += [(_("Give more time"), self._url("forlaeng"))] if self.decides else []
            others += [(_("Write down the answer"), self._url("svar"))] if self.works else []
        if decision.status in (S.DECIDED, S.DELIVERED):
            others += [(str(STEPS["ret"].title), self._url("ret"))] if self.decides else []
            others += [(str(STEPS["klage"].title), self._url("klage"))] if self.works else []
        return primary, others

    def _useful(self, name: str) -> bool:
        burden = self.decision.outcome != Answer.GRANTED
        return name not in ("hear", "hear_again", "decide") or (burden and name != "decide")

    def _complete_but_for_hearing(self) -> bool:
        decision = self.decision
        return bool(decision.outcome and decision.facts and decision.reasons and decision.paragraph)

    def _url(self, word: str) -> str:
        return reverse("decision_step", args=[self.decision.pk, word])

    def line(self) -> str:
        """Under the heading: kind, state, since when."""
        decision = self.decision
        day = danish.day_near(decision.status_since, weekday=False, year=decision.status_since.year != self.today.year)
        return f"{decision.get_kind_display().capitalize()}. {decision.get_status_display()}, {day}."

    def paragraphs(self) -> list[Paragraph]:
        """The numbered paragraphs of the sheet."""
        decision = self.decision
        granted = decision.outcome == Answer.GRANTED
        made = decision.status in AFTER_DECIDED
        found = []
        if decision.recommendation:
            found.append(
                Paragraph(
                    _("The recommendation"),
                    paragraphs(str(decision.recommendation)),
                    help=_("%(name)s, %(when)s. The citizen does not get this part.")
                    % {
                        "name": said_by(decision.recommended_by),
                        "when": moment_words(decision.recommended_at, self.today) if decision.recommended_at else "",
                    },
                )
            )
        outcome = decision.get_outcome_display().capitalize() if decision.outcome else ""
        found.append(
            Paragraph(
                _("What is decided"),
                [f"{outcome}."] if outcome else [],
                missing="" if outcome or self.waits else _("Choose what is decided."),
            )
        )
        found.append(
            Paragraph(
                _("Why"),
                paragraphs(str(decision.reasons or "")),
                missing="" if decision.reasons or granted or self.waits else _("The reasons are missing."),
            )
        )
        law = decision.basis
        found.append(
            Paragraph(
                _("The law"),
                [law] if law else [],
                missing="" if decision.paragraph or self.waits else _("The paragraph is missing."),
            )
        )
        found.append(
            Paragraph(
                _("The facts it rests on"),
                paragraphs(str(decision.facts or "")),
                missing="" if decision.facts or granted or self.waits else _("The facts are missing."),
            )
        )
        found.append(self._hearing_paragraph(granted))
        if decision.outcome:
            found.append(
                Paragraph(
                    _("If the citizen disagrees"),
                    [decision.guidance if made and decision.guidance else guidance(decision)],
                )
            )
        return [row for row in found if row.texts or row.missing]

    @property
    def waits(self) -> bool:
        """A recommendation nobody has taken up, or something that is over: nothing is missing in the margin."""
        return self.decision.status in (S.RECOMMENDED, S.REJECTED, S.DROPPED)

    def _hearing_paragraph(self, granted: bool) -> Paragraph:
        decision, texts = self.decision, []
        for row in reversed(self.hearings):
            sent = danish.day_words(clock.local_date(row.sent_at), self.today)
            texts.append(
                _("Sent %(sent)s. The citizen can answer until %(due)s.")
                % {"sent": sent, "due": danish.day_words(row.due_on, self.today)}
            )
            if row.extended_reason:
                texts.append(_("More time was given: %(why)s") % {"why": row.extended_reason})
            if row.answer:
                texts += [f"»{text}«" for text in paragraphs(str(row.answer))]
            elif self.today > row.due_on:
                texts.append(_("No answer came."))
        if decision.no_hearing_reason:
            texts.append(_("Not heard first: %(why)s") % {"why": decision.no_hearing_reason})
        needed = not (texts or granted or self.waits) and bool(decision.outcome)
        return Paragraph(
            _("The hearing"),
            texts,
            missing=_("Hear the citizen first, or write why it is not needed.") if needed else "",
        )


@decision_page("decision")
@require_GET
def decision(request: Request, decision: Decision) -> HttpResponse:
    """The decision as it stands."""
    today = clock.today()
    decision.as_of = today  # type: ignore[attr-defined]  # read by the guard of the hearing's last day
    hearings = list(decision.hearings.all())
    subjects = [("casework.decision", decision.pk), *(("casework.hearing", row.pk) for row in hearings)]
    letters = [
        row
        for row in Letter.objects.filter(citizen_id=decision.case.citizen_id).defer("pdf").order_by("-pk")
        if (row.subject_type, row.subject_id) in subjects
    ]
    desk = Desk(decision, decider_powers(request.user, decision.case, decision.kind, today), today, hearings, letters)
    primary, others = desk.steps()
    agreement = (
        reverse("agreement", args=[decision.subject_id]) if decision.subject_type == "placements.placement" else ""
    )
    context: dict[str, Any] = {
        "desk": desk,
        "decision": decision,
        "case": decision.case,
        "citizen": decision.case.citizen,
        "primary": primary,
        "others": others,
        "agreement_url": agreement,
        "complaints": list(decision.complaints.defer("text", "note")),
        "replacing": list(decision.replaced_by.only("pk", "title")),
        "preview": decision.status in (S.DRAFT, S.READY, S.HEARING),
        "today": today,
    }
    return render(request, "decisions/sheet.html", context)

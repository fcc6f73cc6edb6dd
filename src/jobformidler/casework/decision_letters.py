"""What the letters of decisions say: the hearing, the decision, the receipt of a complaint.

Sections quote the general rules they rest on: the Public Administration Act (forvaltningsloven, sections 19, 22 to 24 and
25) and the act on legal protection and administration in social matters (retssikkerhedsloven, sections 60, 66 and 67).
"""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.decision_enums import Answer, DecisionKind
from jobformidler.casework.models import Case, Complaint, Decision, Hearing
from jobformidler.casework.words import exact_day
from jobformidler.messaging.letters import Content, Section
from jobformidler.messaging.letters.drawing import paragraphs


def guidance(decision: Decision) -> str:
    """How to complain, as it stands in the letter and on the citizen's page (GOV-10)."""
    if decision.outcome == Answer.GRANTED:
        return _("You got what you asked for. If you disagree with something all the same, write or call us.")
    unit = decision.municipality.unit_name
    if decision.kind == DecisionKind.EFFORT_COMPLAINT:
        return _("This is the final answer of %(unit)s about the effort. You can always talk to us about it.") % {
            "unit": unit
        }
    return _(
        "You can complain about the decision. The deadline is 4 weeks from the day you got it. "
        "Say it or write it to %(unit)s. We look at the case again. If we stand by the decision, "
        "we send your complaint on to Ankestyrelsen. (Retssikkerhedsloven §§ 60, 66 and 67)"
    ) % {"unit": unit}


def receiver(case: Case) -> tuple[str, ...]:
    """Name and address; a protected address is never printed."""
    citizen = case.citizen
    lines = [citizen.full_name]
    if not citizen.protected_address:
        lines += [citizen.address, f"{citizen.postal_code} {citizen.city}".strip()]
    return tuple(line for line in lines if line)


def closing(case: Case, who: User | None) -> tuple[str, ...]:
    """The last lines: who writes, as what, and for which municipality."""
    lines = [_("Kind regards")]
    if who is not None:
        lines += [who.name, who.title, who.phone]
    lines.append(case.municipality.name)
    return tuple(line for line in lines if line)


def hearing_letter(hearing: Hearing, by: User | None, day: dt.date) -> Content:
    """The letter that hears the citizen before a decision."""
    decision, case = hearing.decision, hearing.case
    return Content(
        title=_("Before we decide: do you have anything to add?"),
        sender=case.municipality.name,
        day=day,
        receiver=receiver(case),
        reference=case.number,
        closing=closing(case, by),
        sections=(
            Section("", (*paragraphs(str(hearing.text)),)),
            Section(_("What it is about"), (decision.title,)),
            Section(_("The facts we mean to build on"), tuple(paragraphs(str(decision.facts or "")))),
            Section(
                _("Your answer"),
                (
                    _("Please answer no later than %(day)s. You can write, call or answer on your own page.")
                    % {"day": exact_day(hearing.due_on)},
                    _(
                        "Do you need more time, tell us before that day. You may have somebody with you or to represent you."
                    ),
                    _("We ask because of section 19 of the Public Administration Act (forvaltningsloven § 19)."),
                ),
            ),
        ),
    )


def decision_letter(decision: Decision, day: dt.date, *, draft: bool = False, corrected: str = "") -> Content:
    """The decision as a letter: what, why, by which law, on which facts, after which hearing, and how to complain."""
    case = decision.case
    sections = []
    if corrected:
        sections.append(
            Section(_("Corrected letter"), (_("This letter replaces the earlier one: %(what)s") % {"what": corrected},))
        )
    outcome = decision.get_outcome_display() if decision.outcome else _("not written yet")
    sections.append(Section(_("What is decided"), (f"{decision.title}: {outcome}.",)))
    if decision.reasons:
        sections.append(Section(_("Why"), tuple(paragraphs(str(decision.reasons)))))
    sections.append(Section(_("The law"), (decision.basis or _("not written yet"),)))
    if decision.facts:
        sections.append(Section(_("The facts it rests on"), tuple(paragraphs(str(decision.facts)))))
    heard = _heard(decision)
    if heard:
        sections.append(Section(_("What you have told us"), heard))
    sections.append(Section(_("If you disagree"), (decision.guidance or guidance(decision),)))
    sections.append(
        Section(
            _("Your case"),
            (
                _(
                    "You can see the papers of your case. Write or call us. You may have somebody with you or to represent you."
                ),
            ),
        )
    )
    return Content(
        title=decision.title,
        sender=case.municipality.name,
        day=day,
        receiver=receiver(case),
        reference=case.number,
        sections=tuple(sections),
        closing=closing(case, decision.decided_by),
        draft=draft,
    )


def _heard(decision: Decision) -> tuple[str, ...]:
    hearing = decision.hearings.first()
    if hearing is None:
        return (decision.no_hearing_reason,) if decision.no_hearing_reason else ()
    if hearing.answer:
        return tuple(paragraphs(str(hearing.answer)))
    return (
        _("We asked for your answer no later than %(day)s and did not get one.") % {"day": exact_day(hearing.due_on)},
    )


def complaint_letter(complaint: Complaint, by: User | None, day: dt.date) -> Content:
    """The receipt of a complaint, with what happens now and when."""
    case = complaint.case
    next_step = (
        _(
            "We look at the decision again no later than %(day)s. If we stand by it, we send your complaint to Ankestyrelsen."
        )
        if complaint.decision
        else _("We look at what you write and answer no later than %(day)s.")
    ) % {"day": exact_day(complaint.reassess_by)}
    return Content(
        title=_("We have got your complaint"),
        sender=case.municipality.name,
        day=day,
        receiver=receiver(case),
        reference=case.number,
        closing=closing(case, by),
        sections=(
            Section(
                "", (_("We got your complaint on %(day)s.") % {"day": exact_day(complaint.received_on)}, next_step)
            ),
            Section(_("What you wrote"), tuple(paragraphs(str(complaint.text)))),
        ),
    )

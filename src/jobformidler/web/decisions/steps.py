"""The steps of a decision: one address a verb, each a short form in the case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.casework import actions
from jobformidler.casework.authority import may_decide
from jobformidler.casework.deadlines import hearing_due
from jobformidler.casework.models import Case, Decision
from jobformidler.casework.perms import may_work_on
from jobformidler.core import clock
from jobformidler.core.actions import check
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.decisions import forms
from jobformidler.web.decisions.guarding import decision_page
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

TAB = "case_rights"
Act = Callable[[Decision, dict[str, Any], dict[str, Any]], object]


@dataclass(frozen=True)
class Step:
    """One verb on its page: the question, what it does, what it says afterwards. `decides`: needs authority."""

    title: str | Promise
    submit: str | Promise
    said: str | Promise
    act: Act
    form: type[CaseForm] = CaseForm
    initial: Callable[[Decision], dict[str, Any]] = lambda _d: {}
    decides: bool = True
    lead: str | Promise = ""


def _hearing(decision: Decision):
    hearing = decision.hearings.first()
    check(hearing is not None, _("There is no hearing."))
    return hearing


def _written(decision: Decision) -> dict[str, Any]:
    fields = ("outcome", "facts", "reasons", "paragraph", "title", "law", "no_hearing_reason", "version")
    return {name: getattr(decision, name) for name in fields}


def _correct(decision: Decision, data: dict[str, Any], who: dict[str, Any]) -> object:
    changes: dict[str, Any] = {
        name: data[name] or None if name in ("facts", "reasons") else data[name] for name in _CORRECTED
    }
    return actions.correct_decision(decision=decision, what=data["what"], **who, **changes)


_CORRECTED = ("title", "paragraph", "facts", "reasons")

#: Danish word of the address → the step.
STEPS: dict[str, Step] = {
    "skriv": Step(
        gettext_lazy("Write the decision"),
        gettext_lazy("Save"),
        gettext_lazy("The decision is saved."),
        lambda d, data, who: actions.edit_decision(decision=d, **data, **who),
        forms.EditForm,
        _written,
    ),
    "foelg": Step(
        gettext_lazy("Follow the recommendation"),
        gettext_lazy("Follow the recommendation"),
        gettext_lazy("The recommendation is followed."),
        lambda d, _data, who: actions.accept_recommendation(decision=d, **who),
    ),
    "afvis": Step(
        gettext_lazy("Do not follow the recommendation"),
        gettext_lazy("Do not follow it"),
        gettext_lazy("The recommendation is answered."),
        lambda d, data, who: actions.reject_recommendation(decision=d, reason=data["reason"], **who),
        forms.ReasonForm,
        lead=gettext_lazy("The one who recommended it reads your answer."),
    ),
    "hoer": Step(
        gettext_lazy("Hear the citizen"),
        gettext_lazy("Send to hearing"),
        gettext_lazy("The hearing is sent. The letter is kept under the decision."),
        lambda d, data, who: actions.send_hearing(decision=d, text=data["text"], due_on=data["due_on"], **who),
        forms.HearForm,
        lambda _d: {"due_on": hearing_due(clock.today())},
        lead=gettext_lazy("The citizen reads the facts and your question, and can answer on the own page."),
    ),
    "forlaeng": Step(
        gettext_lazy("Give more time to answer"),
        gettext_lazy("Extend the deadline"),
        gettext_lazy("The deadline is extended."),
        lambda d, data, who: actions.extend_hearing(
            hearing=_hearing(d), due_on=data["due_on"], reason=data["reason"], **who
        ),
        forms.ExtendForm,
    ),
    "svar": Step(
        gettext_lazy("The citizen's answer"),
        gettext_lazy("Save the answer"),
        gettext_lazy("The answer is saved."),
        lambda d, data, who: actions.answer_hearing(hearing=_hearing(d), answer=data["answer"], **who),
        forms.AnswerForm,
        decides=False,
        lead=gettext_lazy("For an answer given in a talk or a letter."),
    ),
    "slut": Step(
        gettext_lazy("End the hearing"),
        gettext_lazy("End the hearing"),
        gettext_lazy("The hearing is over."),
        lambda d, _data, who: actions.end_hearing(decision=d, **who),
    ),
    "afgoer": Step(
        gettext_lazy("Decide"),
        gettext_lazy("Decide"),
        gettext_lazy("It is decided. The letter is ready to be sent."),
        lambda d, data, who: actions.decide(decision=d, version=data["version"], **who),
        initial=lambda d: {"version": d.version},
        lead=gettext_lazy("You decide for the municipality. Your name, the day and the paragraph stand in the letter."),
    ),
    "levering": Step(
        gettext_lazy("Note the delivery"),
        gettext_lazy("Save the delivery"),
        gettext_lazy("The delivery is noted. The four weeks to complain run from that day."),
        lambda d, data, who: actions.deliver_decision(
            decision=d, on=data["on"], how=data["how"], receipt=data["receipt"], **who
        ),
        forms.DeliverForm,
        lambda _d: {"on": clock.today()},
    ),
    "ret": Step(
        gettext_lazy("Correct an obvious error"),
        gettext_lazy("Make the corrected letter"),
        gettext_lazy("The corrected letter is ready to be sent. The old one is kept."),
        _correct,
        forms.CorrectForm,
        lambda d: {name: getattr(d, name) for name in _CORRECTED},
        lead=gettext_lazy("A wrong name, date or paragraph. What was decided is changed by a new decision."),
    ),
    "paany": Step(
        gettext_lazy("Take the decision up again"),
        gettext_lazy("Prepare a new decision"),
        gettext_lazy("A new decision is being prepared. The old one stands until then."),
        lambda d, data, who: actions.take_up_again(decision=d, reason=data["reason"], **who),
        forms.ReasonForm,
    ),
    "opgiv": Step(
        gettext_lazy("Give up the decision"),
        gettext_lazy("Give it up"),
        gettext_lazy("The decision is given up."),
        lambda d, data, who: actions.drop_decision(decision=d, reason=data["reason"], **who),
        forms.ReasonForm,
    ),
    "klage": Step(
        gettext_lazy("Register a complaint"),
        gettext_lazy("Save the complaint"),
        gettext_lazy("The complaint is registered. The receipt is ready to be sent."),
        lambda d, data, who: actions.receive_complaint(
            case=d.case,
            decision=d,
            **{k: data[k] for k in ("text", "received_on", "complainant", "late_reason")},
            **who,
        ),
        forms.ComplaintForm,
        lambda _d: {"received_on": clock.today()},
        decides=False,
    ),
}
#: The verb of the transition table → the word of the address.
WORDS = {
    "prepare": "foelg",
    "reject": "afvis",
    "hear": "hoer",
    "hear_again": "hoer",
    "end_hearing": "slut",
    "decide": "afgoer",
    "deliver": "levering",
    "replace": "paany",
    "drop": "opgiv",
}


@decision_page("decision: step")
def step(request: Request, decision: Decision, verb: str) -> HttpResponse:
    """Ask what the verb needs, do it, and go back to the decision."""
    asked = STEPS.get(verb)
    if asked is None:
        raise Http404
    day = clock.today()
    may = may_decide if asked.decides else None
    if not (
        may(request.user, decision.case, decision.kind, day) if may else may_work_on(request.user, decision.case, day)
    ):
        raise PermissionDenied
    back = reverse("decision", args=[decision.pk])

    def act(sent: Any) -> object:
        data = dict(sent.cleaned_data)
        if verb not in ("skriv", "afgoer"):
            data.pop("version", None)
        return asked.act(decision, data, {"by": request.user, "at": clock.now()})

    def said(result: object) -> str:
        return str(asked.said)

    return form_page(
        request,
        asked.form(request.POST if request.method == "POST" else None, initial=asked.initial(decision)),
        act,
        title=str(asked.title),
        said=said,
        back=back,
        submit=str(asked.submit),
        row=decision,
        tab=TAB,
        context={"form_lead": str(asked.lead)} if asked.lead else None,
    )


@case_page("decision: new")
def new(request: Request, case: Case) -> HttpResponse:
    """Begin a decision, or recommend one."""
    if not may_work_on(request.user, case, clock.today()):
        raise PermissionDenied
    made: list[Decision] = []

    def act(sent: Any) -> object:
        made.append(
            actions.prepare_decision(
                case=case, **sent.answers("kind", "title", "recommendation"), by=request.user, at=clock.now()
            )
        )
        return made[0]

    def said(result: Decision) -> str:
        if result.recommended_by_id:
            return _("Your recommendation waits for the caseworker.")
        return _("The decision is being prepared. Write it under Til afgørelse.")

    return form_page(
        request,
        forms.NewForm(request.POST or None, initial={"kind": request.GET.get("slags", "")}),
        act,
        title=_("New decision"),
        said=said,
        back=reverse(TAB, args=[case.pk]),
        submit=_("Begin"),
        tab=TAB,
    )

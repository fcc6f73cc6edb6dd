"""Letters as PDF: kept ones as they were sent, and a decision's draft as it would look now."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from jobformidler.casework.decision_letters import decision_letter
from jobformidler.casework.models import Case, Decision
from jobformidler.core import clock
from jobformidler.messaging.letters import draw, file_of
from jobformidler.messaging.models import Letter
from jobformidler.web.decisions.guarding import decision_page
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


def pdf(data: bytes, name: str, *, download: bool = False) -> HttpResponse:
    """A PDF to look at or to take along; the browser never guesses what it is."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@case_page("letter")
def letter(request: Request, case: Case, letter_pk: int) -> HttpResponse:
    """A letter of the case, as it was sent."""
    row = get_object_or_404(Letter, pk=letter_pk, citizen_id=case.citizen_id)
    return pdf(file_of(row), f"brev-{row.pk}-{row.number}")


@decision_page("decision: preview")
def preview(request: Request, decision: Decision) -> HttpResponse:
    """The letter as it would look now; nothing is kept."""
    return pdf(draw(decision_letter(decision, clock.today(), draft=True)), f"kladde-{decision.pk}")

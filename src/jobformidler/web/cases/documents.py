"""Files of a case: adding, opening and withdrawing. A file leaves only as a download, never as a page (GOV-08)."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jobformidler.casework import actions
from jobformidler.casework.models import Case, Document
from jobformidler.citizens import health
from jobformidler.core import clock, files
from jobformidler.core.files.sealing import DamagedFileError
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.closest import DocumentForm
from jobformidler.web.cases.forms.contact import ReasonForm
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


def rows_for(request: Request, case: Case) -> list[dict[str, Any]]:
    """The documents of the case the viewer may open, newest first, and how many there are besides."""
    rows = Document.objects.open_to(request.viewer, case).select_related("by").order_by("-received_on", "-pk")
    return [{"row": row, "url": reverse("document", args=[case.pk, row.pk])} for row in rows]


@case_page("document: new")
def document_new(request: Request, case: Case) -> HttpResponse:
    """Add a file to the case."""
    close = health.is_close(request.viewer, case.citizen)

    def act(form: Any) -> object:
        return actions.add_document(
            case=case,
            upload=form.cleaned_data["upload"],
            kind=form.cleaned_data["kind"],
            confidential=form.cleaned_data.get("confidential", False),
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        DocumentForm(request.POST or None, request.FILES or None, close=close),
        act,
        title=_("Add a document"),
        said=_("The document is added."),
        back=reverse("case_documents", args=[case.pk]),
        submit=_("Add the document"),
        template="cases/document_form.html",
        tab="case_documents",
    )


@case_page("document: open")
def document(request: Request, case: Case, row_pk: int) -> HttpResponse | StreamingHttpResponse:
    """Hand out the file. The whole of it is checked before the first byte leaves, so that no half of one is taken for it."""
    row = get_object_or_404(Document.objects.open_to(request.viewer, case), pk=row_pk)
    try:
        for _chunk in files.read(row):
            pass
    except DamagedFileError as error:
        raise Http404 from error
    response = StreamingHttpResponse(files.read(row), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, files.safe_name(row.file_name))
    response["Content-Length"] = str(row.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store, private"
    return response


@case_page("document: withdraw")
def document_withdraw(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Withdraw a document that should not stand here, with a reason. Nobody can open it any more."""
    row = get_object_or_404(Document.objects.open_to(request.viewer, case), pk=row_pk)

    def act(form: Any) -> object:
        return actions.withdraw(row=row, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())

    return form_page(
        request,
        ReasonForm(request.POST or None),
        act,
        title=_("Withdraw a document"),
        said=_("The document is withdrawn."),
        back=reverse("case_documents", args=[case.pk]),
        submit=_("Withdraw"),
        tab="case_documents",
        context={"form_lead": row.file_name},
    )

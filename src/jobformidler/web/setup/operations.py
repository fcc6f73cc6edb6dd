"""What runs in the background: column mappings, jobs that failed, mail on its way."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from procrastinate.contrib.django.models import ProcrastinateJob

from jobformidler.accounts.actions import remove_mapping, rerun_handler
from jobformidler.accounts.enums import Role
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.models import ColumnMapping, FailedHandler
from jobformidler.messaging.actions import send_again
from jobformidler.messaging.models import OutgoingMail
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PER_PAGE = 50


@roles(Role.ADMINISTRATOR)
def mappings(request: Request) -> HttpResponse:
    """Saved translations of column headers, made when a file is read."""
    rows = ColumnMapping.objects.order_by("kind", "name")
    return render(request, "setup/mappings.html", {"mappings": rows})


@roles(Role.ADMINISTRATOR)
@require_POST
def mapping_remove(request: Request, pk: int) -> HttpResponse:
    """Forget one of them."""
    row = get_object_or_404(ColumnMapping, pk=pk)
    remove_mapping(mapping=row, by=request.user, at=clock.now())
    messages.success(request, _("The column mapping is removed."))
    return redirect("mappings")


@roles(Role.ADMINISTRATOR)
def jobs(request: Request) -> HttpResponse:
    """Handlers that failed, each with a button that runs it again, and how much waits in the queue."""
    failed = FailedHandler.objects.filter(resolved_at=None).select_related("event").order_by("-last_failed_at", "-pk")
    page = Paginator(failed, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    mine = ProcrastinateJob.objects.filter(args__municipality_id=request.viewer.municipality.pk)
    queue = dict(mine.values_list("status").annotate(n=Count("pk")))
    heading = (
        ngettext("%(n)s job failed", "%(n)s jobs failed", count) % {"n": count} if count else _("Everything has run")
    )
    context = {
        "page": page,
        "heading": heading,
        "waiting": queue.get("todo", 0),
        "running": queue.get("doing", 0),
        "failed": [(row, row.error.split("\n")[0], row.error.split("\n")[-1]) for row in page],
    }
    return render(request, "setup/jobs.html", context)


@roles(Role.ADMINISTRATOR)
@require_POST
def job_rerun(request: Request, pk: int) -> HttpResponse:
    """Put a failed handler into the queue again."""
    row = get_object_or_404(FailedHandler, pk=pk)
    try:
        rerun_handler(failed=row, by=request.user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is in the queue again."))
    return redirect("jobs")


@roles(Role.ADMINISTRATOR)
def outbox(request: Request) -> HttpResponse:
    """Mail with its status, latest first. What stands in it is shown in a demonstration only."""
    rows = OutgoingMail.objects.defer("body").order_by("-written_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = OutgoingMail.objects.filter(sent_at=None).count()
    heading = (
        ngettext("%(n)s mail has not left yet", "%(n)s mails have not left yet", count) % {"n": count}
        if count
        else _("All mail has left")
    )
    demo = request.viewer.municipality.is_demo
    mails = [(mail, _recipient(mail, demo), mail.error if demo else mail.error.split(":")[0]) for mail in page]
    return render(request, "setup/outbox.html", {"page": page, "heading": heading, "mails": mails})


def _recipient(mail: OutgoingMail, demo: bool) -> str:
    """The address, shortened when the mail is about a citizen: an administrator need not know who is in the effort."""
    if demo or mail.citizen_id is None:
        return mail.to
    name, _at, domain = mail.to.partition("@")
    return f"{name[:1]}…@{domain}"


@roles(Role.ADMINISTRATOR)
def outbox_mail(request: Request, pk: int) -> HttpResponse:
    """One mail; the text only in a demonstration, since an administrator has no access to cases."""
    demo = request.viewer.municipality.is_demo
    rows = OutgoingMail.objects.all() if demo else OutgoingMail.objects.defer("body")
    mail = get_object_or_404(rows, pk=pk)
    return render(request, "setup/outbox_mail.html", {"mail": mail, "to": _recipient(mail, demo), "shown": demo})


@roles(Role.ADMINISTRATOR)
@require_POST
def outbox_again(request: Request, pk: int) -> HttpResponse:
    """Send a mail that did not leave once more."""
    mail = get_object_or_404(OutgoingMail.objects.defer("body"), pk=pk)
    try:
        send_again(mail=mail, by=request.user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The mail is in the queue again."))
    return redirect("outbox")

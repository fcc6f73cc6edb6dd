"""Register files on screen: uploaded, looked at, read in the background, and told about."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jobformidler.core import clock
from jobformidler.core.enums import DeliveryKind, DeliveryStatus
from jobformidler.core.ingest import Counts
from jobformidler.core.ingest.quarantine import refused_lines
from jobformidler.core.models import Delivery
from jobformidler.core.tabular import FileError
from jobformidler.registers import actions, store
from jobformidler.registers.perms import DELIVERY_ROLES
from jobformidler.registers.tasks import count_delivery, read_stored
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.ingest.forms import ColumnsForm, UploadForm
from jobformidler.web.ingest.preview import look, look_at
from jobformidler.web.saving import save

#: Files up to this size are counted while the user waits; larger ones in the background.
AT_ONCE = 2 * 1024 * 1024
FILES_A_PAGE = 20
LINES_A_PAGE = 25
TEMPLATES = {
    DeliveryStatus.PREVIEW: "ingest/preview.html",
    DeliveryStatus.WAITING: "ingest/running.html",
    DeliveryStatus.RUNNING: "ingest/running.html",
    DeliveryStatus.DONE: "ingest/result.html",
    DeliveryStatus.FAILED: "ingest/failed.html",
}


@roles(*DELIVERY_ROLES)
@never_cache
def files(request: Request) -> HttpResponse:
    """Upload a file; below, the earlier ones."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (answer := _receive(form, request)):
        return answer
    earlier = Delivery.objects.select_related("by").order_by("-at", "-pk")
    page = Paginator(earlier, FILES_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, Counts.of(one).sentence() if one.status == DeliveryStatus.DONE else "") for one in page]
    status = 422 if form.errors else 200
    return render(request, "ingest/files.html", {"form": form, "page": page, "rows": rows}, status=status)


def _receive(form: UploadForm, request: Request) -> HttpResponseRedirect | None:
    """Keep the file and count what reading it would do; what is no table is refused at once."""
    upload, saved = form.cleaned_data["file"], form.cleaned_data.get("mapping")
    mapping = saved.headers if saved else {}
    stored = store.keep(upload.chunks())
    try:
        found = look(form.cleaned_data["kind"], store.path_of(stored), mapping)
    except FileError as error:
        store.forget(stored)
        form.add_error("file", str(error))
        return None
    done = save(
        form,
        request,
        actions.receive_file,
        municipality=request.viewer.municipality,
        kind=form.cleaned_data["kind"],
        file_name=upload.name,
        stored_as=stored,
        mapping=mapping,
    )
    if not done:
        store.forget(stored)
        return None
    if not found.problem:
        _count(done.result)
    return redirect("delivery", pk=done.result.pk)


def _count(delivery: Delivery) -> None:
    values = {"delivery_id": delivery.pk, "municipality_id": delivery.municipality_id}
    if store.path_of(delivery.stored_as).stat().st_size <= AT_ONCE:
        read_stored(**values, dry_run=True)
    else:
        count_delivery.defer(**values)


@roles(*DELIVERY_ROLES)
@require_GET
@never_cache
def delivery(request: Request, pk: int) -> HttpResponse:
    """One file: what would happen, how far it is, or what came of it."""
    row = get_object_or_404(Delivery.objects.select_related("by"), pk=pk)
    context = _context(request, row)
    if row.status == DeliveryStatus.PREVIEW:
        try:
            found = look_at(row, store.path_of(row.stored_as))
        except (FileNotFoundError, FileError):
            return render(request, "ingest/gone.html", context)
        form = ColumnsForm(spec=found.spec, proposals=found.proposals)
        context |= {"found": found, "form": form, "counted": bool(row.headers.get("counted"))}
    return render(request, TEMPLATES[DeliveryStatus(row.status)], context)


def _context(request: Request, row: Delivery) -> dict[str, object]:
    counts = Counts.of(row)
    lines = Paginator(row.quarantine.order_by("line"), LINES_A_PAGE).get_page(request.GET.get("page"))
    kind = str(DeliveryKind(row.kind).label).capitalize()
    told = {
        DeliveryStatus.DONE: counts.sentence(),
        DeliveryStatus.PREVIEW: counts.forecast() if row.headers.get("counted") else "",
    }.get(DeliveryStatus(row.status), "")
    return {
        "delivery": row,
        "h1": (told if ". " in told else told.removesuffix(".")) or row.file_name,
        "lead": f"{kind}, {row.file_name}" if told else kind,
        "counts": counts,
        "accepted": counts.read - counts.quarantined,
        "changes": counts.inserted + counts.updated,
        "page": lines,
        "lines": refused_lines(row, list(lines)),
        "writing": row.progress >= row.read > 0,
    }


@roles(*DELIVERY_ROLES)
@require_POST
@never_cache
def columns(request: Request, pk: int) -> HttpResponse:
    """Say what the headers mean, perhaps under a name for later files."""
    row = get_object_or_404(Delivery, pk=pk, status=DeliveryStatus.PREVIEW)
    found = look_at(row, store.path_of(row.stored_as))
    form = ColumnsForm(request.POST, spec=found.spec, proposals=found.proposals)
    if form.is_valid():
        done = save(form, request, actions.choose_columns, delivery=row, mapping=form.mapping)
        if done and form.cleaned_data["name"]:
            done = save(form, request, actions.save_mapping, delivery=done.result, name=form.cleaned_data["name"])
        if done:
            row.refresh_from_db()
            if not look_at(row, store.path_of(row.stored_as)).problem:
                _count(row)
            return redirect("delivery", pk=row.pk)
    context = _context(request, row) | {"found": found, "form": form, "counted": False, "open": True}
    return render(request, "ingest/preview.html", context, status=422)


@roles(*DELIVERY_ROLES)
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Read the file in. A second click finds it started and shows how far it is."""
    row = get_object_or_404(Delivery, pk=pk)
    actions.start_delivery(delivery=row, by=request.user, at=clock.now())
    return redirect("delivery", pk=row.pk)


@roles(*DELIVERY_ROLES)
@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Put the file aside unread."""
    row = Delivery.objects.filter(pk=pk).first()
    if row is None:  # a second click
        return redirect("ingest")
    if actions.discard_delivery(delivery=row, by=request.user, at=clock.now()):
        messages.success(request, _("The file was put aside. Nothing was read in."))
        return redirect("ingest")
    return redirect("delivery", pk=row.pk)


@roles(*DELIVERY_ROLES)
@require_GET
@never_cache
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the reading is, fetched again and again; the whole page once it is done."""
    row = get_object_or_404(Delivery, pk=pk)
    waiting = row.status == DeliveryStatus.PREVIEW and not row.headers.get("counted") and not row.error
    if waiting or row.status in (DeliveryStatus.WAITING, DeliveryStatus.RUNNING):
        return render(request, "ingest/progress.html", _context(request, row))
    return HttpResponse(headers={"HX-Refresh": "true"})


@roles(*DELIVERY_ROLES)
@require_GET
@never_cache
def quarantine(request: Request, pk: int) -> HttpResponse:
    """The refused lines as a file to correct and read again. Who fetched it is recorded."""
    row = get_object_or_404(Delivery, pk=pk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        actions.fetch_quarantine(delivery=row, path=path, by=request.user, at=clock.now())
        content = path.read_bytes()
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="karantaene-{row.pk}.csv"'},
    )

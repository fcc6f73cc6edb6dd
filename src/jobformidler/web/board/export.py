"""A table of the board as a file that spreadsheets open: UTF-8 with mark, semicolons, formulas made harmless (STEER-18)."""

import csv
import io

from django.http import Http404, HttpResponse

from jobformidler.core.tabular.quarantine import neutralise
from jobformidler.web.board.asked import BOARD, asked_for
from jobformidler.web.board.tables import EXPORTS, Table
from jobformidler.web.guards import roles
from jobformidler.web.http import Request


def as_csv(table: Table) -> bytes:
    """The table as a file; every cell stands as on the screen."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutralise(words) for words, _number in table.head])
    for row in table.rows:
        writer.writerow([neutralise(cell.text.replace("\u00a0", " ")) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def csv_response(table: Table) -> HttpResponse:
    """The file as an answer, named after the table."""
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


@roles(*BOARD)
def table_csv(request: Request, name: str) -> HttpResponse:
    """One table with the filters of the page."""
    if name not in EXPORTS:
        raise Http404
    return csv_response(EXPORTS[name](request, asked_for(request)))

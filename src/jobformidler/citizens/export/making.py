"""Packing the copy: data.json, a PDF to read, the letters as files, in one zip."""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from jobformidler.citizens.export import left_out
from jobformidler.citizens.export.reading import Table
from jobformidler.citizens.models import Citizen
from jobformidler.core.files import HoldsFile, read
from jobformidler.core.retention.ways import about_citizens, rows_of
from jobformidler.messaging.letters import Content, Section, draw, file_of
from jobformidler.messaging.models import Letter

#: Files of higher packages that belong in a copy: name and bytes. Registered by the package that keeps them.
Files = Callable[[Citizen], Sequence[tuple[str, bytes]]]
_more: list[Files] = []


def register_files(find: Files) -> Files:
    """Decorator: `find(citizen)` gives further files of the citizen, as (name, bytes)."""
    _more.append(find)
    return find


def pack(citizen: Citizen, found: Sequence[Table], day: dt.date) -> bytes:
    """The zip. Everything in it is about this citizen; nothing is fetched from outside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("data.json", json.dumps(_data(citizen, found, day), ensure_ascii=False, indent=1))
        out.writestr("oversigt.pdf", draw(_overview(citizen, found, day)))
        for letter in Letter.objects.filter(citizen_id=citizen.pk).order_by("pk"):
            out.writestr(f"breve/{letter.made_at:%Y-%m-%d}-{letter.pk}-{_safe(letter.title)}.pdf", file_of(letter))
        for row in _held(citizen):
            out.writestr(f"filer/{row._meta.model_name}-{row.pk}-{_safe(str(row.file_name))}", b"".join(read(row)))
        for find in _more:
            for name, data in find(citizen):
                out.writestr(f"filer/{_safe(name)}", data)
    return buffer.getvalue()


def _held(citizen: Citizen) -> Iterator[HoldsFile]:
    """Every row with a file about the citizen whose file is still there, whatever package it is of."""
    for model in about_citizens():
        if issubclass(model, HoldsFile):
            rows = rows_of(model, citizen.pk)
            assert rows is not None
            yield from rows.exclude(stored_as="").filter(file_key__isnull=False).order_by("pk")


def _safe(name: str) -> str:
    """A name that is a file's name everywhere and leads nowhere."""
    return re.sub(r"[^\w.\- ]", "_", name.replace("..", "_")).strip(". ")[:80] or "fil"


def _data(citizen: Citizen, found: Sequence[Table], day: dt.date) -> dict:
    return {
        "municipality": citizen.municipality.name,
        "made_on": day.isoformat(),
        "tables": {table.name: {"title": table.title, "rows": table.rows} for table in found},
        "left_out": {
            **{name: str(why) for name, why in left_out.TABLES.items()},
            **{name: str(why) for name, why in left_out.COLUMNS.items()},
        },
    }


def _overview(citizen: Citizen, found: Sequence[Table], day: dt.date) -> Content:
    sections = [
        Section(
            _("What this is"),
            (
                _("This is what %(municipality)s has registered about you in this system.")
                % {"municipality": citizen.municipality.name},
                _("The file data.json holds the same and earlier versions, in a form a computer can read."),
                _("Something is wrong? You can ask for a correction on your own page or by telling us."),
            ),
        )
    ]
    for table in found:
        for number, row in enumerate(table.read, start=1):
            heading = table.title if number == 1 else ""
            sections.append(Section(heading, rows=tuple(row)))
    sections.append(
        Section(
            _("What is not here"),
            rows=tuple((_name_of(name), str(why)) for name, why in (left_out.TABLES | left_out.COLUMNS).items()),
        )
    )
    return Content(
        title=_("Everything registered about you"),
        sender=citizen.municipality.name,
        day=day,
        sections=tuple(sections),
        receiver=(citizen.full_name,),
    )


def _name_of(label: str) -> str:
    return label.split(".", 1)[1]

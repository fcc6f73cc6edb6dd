"""The access log of a request: looks are noted on the way and written before the answer leaves. No log, no answer.

A guard or a view notes whose page it shows. When the request's own transaction has ended, whichever way, the middleware
writes what was noted in a transaction of its own: a look that ended in a refusal or an error is kept too. When that
fails, nobody gets the answer (GOV-05).
"""

import logging
from collections.abc import Iterable

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from jobformidler.citizens.access_enums import Outcome
from jobformidler.citizens.actions import log_looks
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.looks import Look, kinds_of
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.placements.enums import Party
from jobformidler.web.http import OpenRequest, Request

#: In the log in place of a relation: whoever holds a signed link bound to one agreement.
SIGNED_LINK = "signed_link"
log = logging.getLogger(__name__)
#: Answers that turn somebody away. Other errors below 500 show the page again with what must be put right.
TURNED_AWAY = frozenset({400, 401, 403, 404, 405, 410, 413, 429})


def note(request: OpenRequest | Request, citizen: Citizen, page: str, relation: str, *, label: str = "") -> None:
    """Note that the request shows something of the citizen. `label` names somebody without login."""
    request.looks.append(Look(citizen.municipality_id, citizen.pk, page, relation, label))


def note_reader(request: HttpRequest, citizen: Citizen, page: str, party: str, name: str) -> None:
    """Note what somebody reads behind a signed link: the citizen, or another party by name."""
    kind = RelationKind.SELF if party == Party.CITIZEN else SIGNED_LINK
    request.looks.append(Look(citizen.municipality_id, citizen.pk, page, kind, name))  # type: ignore[attr-defined]  # set by the middleware


def note_many(request: Request, citizen_ids: Iterable[int], page: str) -> None:
    """Note each citizen an export or an exact search shows. One query."""
    ids = sorted(set(citizen_ids))
    kinds = kinds_of(request.viewer, ids) if ids else {}
    tenant = request.viewer.municipality.pk
    request.looks.extend(Look(tenant, pk, page, kinds.get(pk, "")) for pk in ids)


def note_refused(request: OpenRequest, citizen_id: int | None, page: str) -> None:
    """Note a look at a citizen who exists and whom the viewer has no relation to. None: there was nobody."""
    if citizen_id is not None and request.viewer is not None:
        request.looks.append(Look(request.viewer.municipality.pk, citizen_id, page, refused=True))


def settle(request: OpenRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Write what was noted; returns the response, or a page that says nothing can be shown now.

    An answer that only sends on shows nothing and is not a look.
    """
    outcome = _outcome(response.status_code)
    looks = [look for look in request.looks if outcome or look.refused]
    if not looks:
        return response
    try:
        _write(request, looks, outcome or Outcome.SHOWN)
    except Error as error:
        log.error("the access log could not be written: %s", type(error).__name__)
        return HttpResponse(render_to_string("503.html"), status=503)
    return response


def _outcome(status: int) -> str:
    if 300 <= status < 400:
        return ""
    if status >= 500:
        return Outcome.FAILED
    return Outcome.REFUSED if status in TURNED_AWAY else Outcome.SHOWN


def _write(request: OpenRequest, looks: list[Look], outcome: str) -> None:
    viewer = request.viewer
    user = viewer.user if viewer else None
    municipality = viewer.municipality if viewer else Municipality.objects.get(pk=looks[0].municipality_id)
    with db.enter(municipality, user, "access log"):
        log_looks(
            looks=looks,
            user=user,
            at=clock.now(),
            outcome=outcome,
            role=viewer.function if viewer else "",
            unit_id=viewer.unit_id if viewer else None,
        )

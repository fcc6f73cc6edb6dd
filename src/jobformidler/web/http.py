"""The request as our code gets it: before and after a guard has let it through."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from jobformidler.accounts.models import User
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.models import Case
from jobformidler.citizens.looks import Look


class OpenRequest(HttpRequest):
    """A request nobody has checked yet: perhaps a stranger's, then without viewer.

    `in_context`: it runs in the transaction of the viewer's municipality.
    """

    in_context: bool
    looks: list[Look]
    must_accept: bool
    viewer: Viewer | None
    case: Case
    htmx: HtmxDetails


class Request(HttpRequest):
    """Type of `request` in guarded views: signed in, with the viewer and, on case pages, the case."""

    user: User
    looks: list[Look]
    viewer: Viewer
    case: Case
    htmx: HtmxDetails

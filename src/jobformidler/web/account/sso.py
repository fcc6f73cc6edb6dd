"""Logging in through the municipality's own login service with OpenID Connect: authorisation code with PKCE.

State, nonce and code verifier are Authlib's and live in the session; what the service must say about itself is fixed
here: the issuer and the audience set up by the administrator, and signatures by key pairs only.
"""

import base64
import logging
from collections.abc import Mapping
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from joserfc.errors import JoseError

from jobformidler.accounts import sessions
from jobformidler.accounts.actions import link_identity, sign_in_identity
from jobformidler.accounts.claims import Identity, client_secret, identity
from jobformidler.accounts.models import ExternalIdentity, LoginPolicy, User
from jobformidler.core import clock, crypto, db
from jobformidler.core.actions import ActionError
from jobformidler.web.account import flow
from jobformidler.web.guards import public, roles
from jobformidler.web.http import Request
from jobformidler.web.stepup import safe_path

WAITING = "sso"
OPENED = "sso_opened"
#: Seconds a login at the service may take, and to wait for the service itself.
PATIENCE = 600
TIMEOUT = 8
#: Signatures by key pairs; never a shared secret, never none.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
log = logging.getLogger(__name__)


def services() -> list[LoginPolicy]:
    """The login services of this installation, for the login page. One query."""
    return list(
        LoginPolicy.objects.filter(sso_enabled=True).select_related("municipality").order_by("municipality__name")
    )


def _policy(pk: int) -> LoginPolicy | None:
    return LoginPolicy.objects.filter(pk=pk, sso_enabled=True).select_related("municipality").first()


def service_of(user: User) -> LoginPolicy | None:
    """The login service the user is connected with."""
    found = LoginPolicy.objects.filter(sso_enabled=True, municipality__in=user.identities.values("municipality"))
    return found.select_related("municipality").first()


def came_with_an_ended_session(request: HttpRequest) -> bool:
    """Whether this browser was logged in and no longer is: the login page then says so."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty()


def _client(policy: LoginPolicy) -> Any:
    """Authlib's client for this policy, with the service's own description read and what we accept fixed."""
    secret = client_secret(policy)
    client = OAuth().register(
        name=f"m{policy.municipality.code}",
        client_id=policy.client_id,
        client_secret=secret or None,
        server_metadata_url=f"{policy.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": policy.scopes,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_basic" if secret else "none",
            "default_timeout": TIMEOUT,
        },
    )
    metadata = client.load_server_metadata()
    offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return client


def _back_address() -> str:
    return settings.SITE_URL.rstrip("/") + reverse("sso_back")


def _start(request: HttpRequest, policy: LoginPolicy, **more: Any) -> HttpResponse:
    """Send the browser to the service; what it is for waits in the session."""
    try:
        answer = _client(policy).authorize_redirect(request, _back_address(), **_asked(more))
    except (requests.RequestException, OAuthError, ValueError) as error:
        log.warning("login service of %s does not answer: %s", policy.municipality.code, type(error).__name__)
        return _refused(request, _("The login service does not answer right now. Try again in a little while."), 503)
    request.session[WAITING] = {"policy": policy.pk, "at": timezone.now().timestamp(), **more}
    return answer if request.method == "GET" else onward(request, answer["Location"])


def onward(request: HttpRequest, address: str) -> HttpResponse:
    """A page that goes on to the login service: the policy of our pages lets no form end on another site."""
    return render(request, "account/onward.html", {"address": address})


def _asked(more: Mapping[str, Any]) -> dict[str, Any]:
    """To prove again who one is the service must ask anew, whatever it remembers."""
    return {"prompt": "login", "max_age": 0} if more["why"] == "prove" else {}


@public("nobody has a login before logging in")
@never_cache
@require_GET
def sso_start(request: HttpRequest, code: int) -> HttpResponse:
    """To the login service of the municipality with this code."""
    policy = (
        LoginPolicy.objects.filter(sso_enabled=True, municipality__code=code).select_related("municipality").first()
    )
    if policy is None:
        raise Http404
    return _start(request, policy, why="login", next=safe_path(request, request.GET.get("next", "")))


@roles()
@require_POST
def sso_prove(request: Request) -> HttpResponse:
    """Prove again at the login service who one is."""
    policy = service_of(request.user)
    if policy is None:
        raise Http404
    return _start(request, policy, why="prove", next=safe_path(request, request.POST.get("next", "")))


@roles()
@require_POST
def sso_connect(request: Request) -> HttpResponse:
    """Connect one's own user with one's login at the service."""
    policy = (
        LoginPolicy.objects.filter(sso_enabled=True, municipality=request.viewer.municipality)
        .select_related("municipality")
        .first()
    )
    if policy is None:
        raise Http404
    if not sessions.is_recent(request.session, form=True):
        return redirect(f"{reverse('prove')}?next={reverse('account')}")
    return _start(request, policy, why="connect", next=reverse("account"))


@public("the way back from the login service; state, nonce and signature are checked")
@never_cache
@require_GET
def sso_back(request: HttpRequest) -> HttpResponse:
    """The service has answered: check all it says, then open the session, or say why not."""
    waiting = request.session.pop(WAITING, None)
    policy = _policy(waiting["policy"]) if waiting else None
    if waiting is None or policy is None or timezone.now().timestamp() - waiting["at"] > PATIENCE:
        return _refused(request, _("The login took too long or was begun elsewhere. Try again."))
    try:
        token, claims = _answer(request, policy)
    except (OAuthError, JoseError, requests.RequestException, ValueError) as error:
        # The kind of the refusal only: what the service says may hold personal data.
        log.warning("login refused: %s", getattr(error, "error", "") or type(error).__name__)
        return _refused(request, _("The login could not be confirmed. Try again."))
    with db.enter(policy.municipality, None, "login service"):
        try:
            who = identity(policy, policy.issuer, claims)
            if waiting["why"] == "login":
                return _open(request, policy, who, token, waiting["next"])
        except ActionError as error:
            return _refused(request, " ".join(error.messages))
    return _for_the_one_here(request, policy, who, claims, waiting)


def _answer(request: HttpRequest, policy: LoginPolicy) -> tuple[dict[str, Any], dict[str, Any]]:
    """Token and claims, checked. Raises OAuthError, JoseError or ValueError for anything that does not hold."""
    client = _client(policy)
    wanted = {
        "iss": {"essential": True, "value": policy.issuer},
        "aud": {"essential": True, "value": policy.client_id},
        "nonce": {"essential": True},
    }
    token = client.authorize_access_token(request, claims_options=wanted, leeway=60)
    claims = dict(token.get("userinfo") or {})
    if not claims:
        raise ValueError("no id token")
    if client.server_metadata.get("userinfo_endpoint"):
        more = dict(client.userinfo(token=token))
        if not constant_time_compare(str(more.get("sub", "")), str(claims["sub"])):
            raise ValueError("another subject")
        claims = {**more, **claims}
    return token, claims


def _open(
    request: HttpRequest, policy: LoginPolicy, who: Identity, token: Mapping[str, Any], wanted: str
) -> HttpResponse:
    user = sign_in_identity(identity=who, municipality=policy.municipality, at=clock.now())
    answer = flow.finish(request, user, wanted)
    sealed = base64.b64encode(crypto.seal(str(token["id_token"]), "session.id_token")).decode()
    request.session[OPENED] = {"policy": policy.pk, "hint": sealed}
    return answer


def _for_the_one_here(
    request: HttpRequest, policy: LoginPolicy, who: Identity, claims: Mapping[str, Any], waiting: Mapping[str, Any]
) -> HttpResponse:
    """Connect or prove: only for the user whose session this is."""
    user = request.user
    if not isinstance(user, User):
        return redirect("login")
    if waiting["why"] == "connect":
        try:
            link_identity(user=user, municipality=policy.municipality, identity=who, by=user, at=clock.now())
        except ActionError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("You can log in through the municipality's login service now."))
        return redirect("account")
    mine = ExternalIdentity.objects.filter(user=user, issuer=who.issuer, subject=who.subject).exists()
    fresh = float(claims.get("auth_time") or 0) >= waiting["at"] - 60
    if not (mine and fresh):
        return _refused(request, _("That was another login, or an old one. Try again."))
    sessions.prove(request.session)
    return HttpResponseRedirect(waiting["next"])


def _refused(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    return render(request, "account/sso_refused.html", {"sentence": sentence}, status=status)


def logout_address(request: HttpRequest) -> str:
    """Where the session at the login service is ended, empty when none opened this one or it has no such place."""
    opened = request.session.get(OPENED)
    if not opened or request.method != "POST":
        return ""
    policy = _policy(opened["policy"])
    if policy is None:
        return ""
    hint = crypto.unseal(base64.b64decode(opened["hint"]), "session.id_token")
    back = settings.SITE_URL.rstrip("/") + reverse("login")
    try:
        return str(_client(policy).create_logout_url(back, hint, client_id=policy.client_id)["url"])
    except (requests.RequestException, RuntimeError, ValueError) as error:
        # Our own session ends all the same.
        log.warning("login service of %s: logout %s", policy.municipality.code, type(error).__name__)
        return ""

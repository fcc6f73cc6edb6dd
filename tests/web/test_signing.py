"""Signing and reporting hours by link: without login, and without leaving a trace."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    mailed_code,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    text,
    waiting,
    workplace,
)

from jobformidler.casework.models import Enquiry
from jobformidler.employers.models import ContactPerson
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions
from jobformidler.placements.enums import Party, PlacementStatus
from jobformidler.placements.links import LinkPurpose

pytestmark = pytest.mark.django_db


def tokens(placement, now, purpose=LinkPurpose.SIGN):
    """Fresh links by party."""
    parties = placement.sent_version.parties if purpose == LinkPurpose.SIGN else [Party.EMPLOYER]
    return {p: actions.issue_link(placement=placement, party=p, purpose=purpose, at=now).token for p in parties}


@pytest.fixture
def token(waiting, at, now):
    """The workplace's link to the agreement."""
    return tokens(waiting, now)[Party.EMPLOYER]


@pytest.fixture
def hours_token(running, at, moment):
    """The workplace's link to the hours, on the Monday after the first week."""
    now = at(moment(1))
    return tokens(running, now, LinkPurpose.HOURS)[Party.EMPLOYER]


def prove(client, token, mailed_code):
    """Ask for a code and answer with it."""
    client.post(reverse("sign_code", args=[token]), {"send": "1"})
    return client.post(reverse("sign_code", args=[token]), {"code": mailed_code()})


def signature(placement, **more):
    version = placement.sent_version
    return {"name": "Tora Gyvel", "number": version.number, "digest": version.digest, **more}


def test_nothing_is_shown_before_the_code(client, token):
    page = text(client.get(reverse("sign", args=[token])))
    assert "Først en kode" in page
    assert "t•••@example.test" in page
    assert "Mona" not in page
    assert "Start efter" not in page


@pytest.mark.parametrize("page", ["sign", "employer_hours", "unknown"])
def test_the_pages_leave_no_trace(client, request, page):
    if page == "unknown":
        address = reverse("sign", args=["findes-ikke"])
    else:
        address = reverse(page, args=[request.getfixturevalue("token" if page == "sign" else "hours_token")])
    response = client.get(address)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', response.content.decode())


def test_the_token_of_a_refused_link_is_not_in_the_log(client, caplog):
    client.get(reverse("sign", args=["hemmelig-nok-til-loggen"]))
    assert "/a/" in caplog.text
    assert "hemmelig" not in caplog.text


def test_with_the_code_the_workplace_reads_and_signs(client, token, waiting, mailed_code):
    assert prove(client, token, mailed_code)["Location"] == reverse("sign", args=[token])
    page = text(client.get(reverse("sign", args=[token])))
    assert "Start efter kl. 9" in page
    assert "larm" not in page
    assert "Du har læst version 1 i dag" in page
    thanks = text(client.post(reverse("sign", args=[token]), signature(waiting)))
    assert "Tak, Tora Gyvel" in thanks
    row = waiting.sent_version.confirmations.get(party=Party.EMPLOYER)
    assert (row.name, row.digest) == ("Tora Gyvel", waiting.sent_version.digest)


def test_signing_twice_leaves_one_signature(client, token, waiting, mailed_code):
    prove(client, token, mailed_code)
    first = signature(waiting)
    client.post(reverse("sign", args=[token]), first)
    again = client.post(reverse("sign", args=[token]), first)
    assert "Du har skrevet under" in text(again)
    assert waiting.sent_version.confirmations.filter(confirmed_at__isnull=False).count() == 1


def test_when_both_have_signed_it_waits_for_the_municipality(waiting, at, now, mailed_code):
    for party, token in tokens(waiting, now).items():
        browser = Client()
        prove(browser, token, mailed_code)
        browser.post(reverse("sign", args=[token]), signature(waiting, name=str(party)))
    waiting.refresh_from_db()
    assert waiting.status == PlacementStatus.AWAITING_APPROVAL


def test_a_signature_needs_a_name(client, token, waiting, mailed_code):
    prove(client, token, mailed_code)
    page = client.post(reverse("sign", args=[token]), signature(waiting, name=" "))
    assert "form-error" in page.content.decode()
    assert not waiting.sent_version.confirmations.filter(confirmed_at__isnull=False).exists()


def test_signing_without_a_code_does_nothing(client, token, waiting):
    client.post(reverse("sign", args=[token]), signature(waiting))
    assert not waiting.sent_version.confirmations.exists()


def test_five_wrong_codes_lock_the_code(client, token, at, now, mailed_code):
    address = reverse("sign_code", args=[token])
    client.post(address, {"send": "1"})
    right = mailed_code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        assert "Koden passer ikke" in text(client.post(address, {"code": wrong}))
    assert "for mange gange" in text(client.post(address, {"code": wrong}))
    assert "for mange gange" in text(client.post(address, {"code": right}))
    assert "Mona" not in text(client.get(reverse("sign", args=[token])))


def test_a_code_grows_old_and_opens_one_browser_only(client, token, at, now, mailed_code):
    address = reverse("sign_code", args=[token])
    client.post(address, {"send": "1"})
    at(now + dt.timedelta(minutes=11))
    assert "virker ikke mere" in text(client.post(address, {"code": mailed_code()}))
    prove(client, token, mailed_code)
    assert "Mona" in text(client.get(reverse("sign", args=[token])))
    assert "Mona" not in text(Client().get(reverse("sign", args=[token])))
    at(now + dt.timedelta(minutes=80))
    assert "Mona" not in text(client.get(reverse("sign", args=[token])))


def test_a_second_code_at_once_is_not_sent(client, token):
    address = reverse("sign_code", args=[token])
    client.post(address, {"send": "1"})
    assert "lige sendt" in text(client.post(address, {"send": "1"}))
    assert OutgoingMail.objects.filter(kind="placement_code").count() == 1


def test_a_version_that_has_changed_is_refused_with_what_changed(client, world, token, waiting, now, at, mailed_code):
    prove(client, token, mailed_code)
    old = signature(waiting)
    actions.change_agreement(
        version=waiting.versions.first(), field="tasks", value="Kun prisskilte", by=world.line, at=now
    )
    assert "ved at blive ændret" in text(client.get(reverse("sign", args=[token])))
    actions.send_for_signature(placement=waiting, by=world.line, at=now)
    fresh = tokens(waiting, now)[Party.EMPLOYER]
    at(now + dt.timedelta(minutes=2))
    prove(client, fresh, mailed_code)
    page = text(client.post(reverse("sign", args=[fresh]), old))
    assert "opgaver" in page
    assert "Kun prisskilte" in page
    assert not waiting.sent_version.confirmations.filter(confirmed_at__isnull=False).exists()


def test_an_expired_link_sends_a_fresh_one_to_the_known_mail(client, token, waiting, at, now):
    at(now + dt.timedelta(days=31))
    response = client.get(reverse("sign", args=[token]))
    assert response.status_code == 410
    assert "Linket er udløbet" in text(response)
    before = OutgoingMail.objects.filter(kind="placement_sign").count()
    page = text(client.post(reverse("sign_renew", args=[token])))
    assert "Et nyt link er på vej til t•••@example.test" in page
    sent = OutgoingMail.objects.filter(kind="placement_sign")
    assert sent.count() == before + 1
    assert sent.latest("pk").to == "tora@example.test"
    client.post(reverse("sign_renew", args=[token]))
    assert sent.count() == before + 1


def test_a_replaced_link_says_so(client, token, waiting, now):
    tokens(waiting, now)
    assert "afløst" in text(client.get(reverse("sign", args=[token])))


def test_unknown_links_and_links_for_something_else_are_404(client, token):
    for address in (reverse("sign", args=["findes-ikke"]), reverse("employer_hours", args=[token])):
        response = client.get(address)
        assert response.status_code == 404
        assert "Mona" not in text(response)
    assert client.post(reverse("sign_renew", args=["findes-ikke"])).status_code == 404


def test_a_link_to_the_hours_does_not_open_the_agreement(client, hours_token):
    assert client.get(reverse("sign", args=[hours_token])).status_code == 404
    assert client.post(reverse("sign_code", args=[hours_token]), {"send": "1"}).status_code == 404


def test_forms_need_their_token_also_when_the_browser_hides_the_origin(token):
    strict = Client(enforce_csrf_checks=True)
    address = reverse("sign_code", args=[token])
    assert strict.post(address, {"send": "1"}).status_code == 403
    page = strict.get(reverse("sign", args=[token])).content.decode()
    secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    posted = {"send": "1", "csrfmiddlewaretoken": secret}
    assert strict.post(address, posted, headers={"Origin": "null"}).status_code == 200
    assert strict.post(address, posted, headers={"Origin": "https://evil.example"}).status_code == 403


# -------------------------------------------------------------------------------------------------------------- hours


def test_an_ordinary_week_is_two_taps(client, hours_token, running):
    page = text(client.get(reverse("employer_hours", args=[hours_token])))
    assert "Var ugen med Mona som planlagt?" in page
    assert "Havtorn" not in page
    address = reverse("employer_hours", args=[hours_token])
    for _ in range(2):
        response = client.post(address, {"do": "planned", "week": "2026-11-30"})
    assert "Tak. Ugen med Mona er gemt." in text(client.get(response["Location"]))
    row = running.weeks.get()
    assert (row.source, float(row.unpaid)) == ("employer", 15.0)


def test_hours_are_corrected_until_the_sunday_after(client, hours_token, running, at, moment):
    address = reverse("employer_hours", args=[hours_token])
    week = {"do": "hours", "week": "2026-11-30"}
    client.post(address, week | {"paid": "0", "unpaid": "12"})
    client.post(address, week | {"paid": "0", "unpaid": "10", "absence": "on"})
    row = running.weeks.get()
    assert (float(row.unpaid), row.absence) == (10.0, True)
    at(moment(2))
    client.post(address, week | {"paid": "0", "unpaid": "1"})
    assert float(running.weeks.get(week="2026-11-30").unpaid) == 10.0


def test_absence_today_takes_the_day_out_and_asks_for_no_reason(client, hours_token, running, at, moment):
    at(moment(1))
    page = client.get(reverse("employer_hours", args=[hours_token]) + "?uge=2026-12-07&fravaer=1")
    form = page.context["form"]
    assert (float(form["unpaid"].value()), form["absence"].value()) == (10.0, True)
    assert "Skriv aldrig hvorfor" in text(page)


def test_wrong_hours_say_what_to_do(client, hours_token, running):
    page = client.post(
        reverse("employer_hours", args=[hours_token]),
        {"do": "hours", "week": "2026-11-30", "paid": "x", "unpaid": "99"},
    )
    assert page.content.decode().count("form-error-message") == 2
    assert not running.weeks.exists()


def test_help_is_one_message_with_a_promise(client, hours_token, running):
    address = reverse("employer_hours", args=[hours_token])
    assert "Line Askeløv svarer senest" in text(client.get(address))
    for _ in range(2):
        page = text(client.post(address, {"do": "help"}))
    assert "Line Askeløv har fået jeres besked" in page
    enquiry = Enquiry.objects.get()
    assert enquiry.due_at > enquiry.received_at
    assert enquiry.sender_name == "Torben Enebær"
    client.post(address, {"do": "help", "text": "Ny leverance fredag"})
    assert Enquiry.objects.count() == 2


def test_an_expired_link_to_the_hours_renews_itself(client, hours_token, running, at, moment):
    at(moment(40))
    assert client.get(reverse("employer_hours", args=[hours_token])).status_code == 410
    page = text(client.post(reverse("hours_renew", args=[hours_token])))
    assert "Et nyt link er på vej" in page


def test_who_signs_for_the_employees_reads_nothing_of_the_citizens_needs_and_goals(
    client, world, draft, at, now, mailed_code
):
    actions.change_agreement(version=draft, field="staff_rep", value="Rosa Tang", by=world.line, at=now)
    ContactPerson.objects.filter(name="Rosa Tang").update(email="rosa@example.test")
    placement = draft.placement
    placement.refresh_from_db()
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    token = tokens(placement, now)[Party.STAFF]
    prove(client, token, mailed_code)
    page = text(client.get(reverse("sign", args=[token])))
    assert "Rosa Tang skriver under for medarbejderne." in page
    assert "Tager imod varer" in page
    assert "Start efter kl. 9" not in page
    assert "10 timer på lageret" not in page
    signed = client.post(reverse("sign", args=[token]), signature(placement, name="Rosa Tang"))
    assert signed.status_code == 200
    assert placement.sent_version.confirmations.filter(party=Party.STAFF, confirmed_at__isnull=False).exists()

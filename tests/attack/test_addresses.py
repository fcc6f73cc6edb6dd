"""What stands in an address is data: no filter, page number or return address makes a query, an error or a way out."""

import pytest
from django.urls import reverse

from tests.attack.conftest import writes
from tests.attack.pages import opens, parameters, url

PAYLOADS = {
    "quote": "' or '1'='1' --",
    "double": '" or ""="',
    "stacked": "1; drop table citizens_citizen; --",
    "union": "1 union select password from accounts_user",
    "comment": "/**/or/**/1=1#",
    "like": "%_%",
    "backslash": "\\'; --",
    "nul": "a\x00b",
    "huge": "9" * 400,
    "negative": "-1",
    "format": "%s%(a)s{0}{a.__class__}",
    "path": "../../../../etc/passwd",
    "template": "{{ 7|add:7 }}{% debug %}",
    "unicode": "\u202e\ud7ff\ufffe",
    "date": "2026-02-31",
    "list": "[1,2]",
}
#: Those every page is asked with; the search takes them all.
EVERYWHERE = ("quote", "union", "nul", "huge", "negative", "template", "date")
OUTSIDE = ("https://ond.example/", "//ond.example/", "/\\ond.example/", "javascript:alert(1)", "\thttps://ond.example")


@pytest.mark.parametrize(("name", "who"), opens())
def test_strange_words_in_an_address_are_only_words(target, name, who):
    client = target.client(who)
    page = url(name, target.scenes["own"])
    wrong = []
    for label in EVERYWHERE:
        payload = PAYLOADS[label]
        response = client.get(page, dict.fromkeys(parameters(), payload))
        if response.status_code >= 500:
            wrong.append(f"{label}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_search_takes_strange_words_for_words(target, payload):
    client = target.client("jobformidler")
    for field in ("q", "term", "cpr", "soeg"):
        response = client.post(reverse("search"), {field: payload})
        assert response.status_code < 500
        assert target.scenes["stranger"]["citizen"].address not in (response.content.decode(), "x")


@pytest.mark.parametrize(("name", "who"), opens())
def test_no_page_sends_on_to_another_site(target, name, who):
    client = target.client(who)
    page = url(name, target.scenes["own"])
    for outside in OUTSIDE[:3]:
        for response in (client.get(page, {"next": outside}), client.post(f"{page}?next=/", {"next": outside})):
            assert "ond.example" not in response.headers.get("Location", "")
            words = response.getvalue().decode(errors="replace")  # a document is streamed
            assert 'href="javascript:' not in words
            assert 'href="https://ond.example' not in words


@pytest.mark.parametrize("outside", OUTSIDE)
def test_logging_in_never_leads_to_another_site(target, outside):
    client = target.client("")
    body = {"username": target.people["jobformidler"].email, "password": "correct horse battery", "next": outside}
    response = client.post(reverse("login"), body)
    assert "ond.example" not in response.headers.get("Location", "")


#: What a page may write when it is read, and why.
WRITES = {
    "second_factor": {"accounts_secondfactor"},  # the secret that is shown has to be known when its first code comes
    "delivery_quarantine": {"core_event"},  # a file with numbers is fetched: who did is recorded
}


@pytest.mark.parametrize(("name", "who"), opens())
def test_reading_a_page_changes_nothing(target, name, who):
    client = target.client(who)
    before = writes()
    client.get(url(name, target.scenes["own"]))
    assert set(writes()) - set(before) <= WRITES.get(name, set())

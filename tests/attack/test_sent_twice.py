"""Every form of every page sent twice, as a double click does it: one effect, the same next page."""

import contextlib

from django.db import transaction
from django.urls import resolve, reverse

from jobformidler.core import clock
from tests.attack.conftest import writes
from tests.attack.forms import Form, forms_of
from tests.attack.pages import opens, url

#: What is written in a field nobody has filled in.
WORDS = {
    "date": clock.today().isoformat(),
    "time": "10.00",
    "number": "3",
    "email": "proeve@example.test",
    "text": "Prøve",
    "textarea": "En prøve, der er lang nok til at være en grund.",
}
#: Forms that must be among those the attack got through, so that it is known to have tried something.
TAKEN = {
    "sharing_new", "decision_new", "complaint_new", "case_close", "emergency_new", "correction_new",
    "restriction_new", "hold_new", "copy_new", "case_note", "case_contact", "case_promise", "case_enquiry",
    "enquiry_answer", "agreement_drop", "user_active", "my_correction",
}  # fmt: skip


def filled(form: Form) -> dict[str, list[str]]:
    """What a person would send: every empty field answered, the first choice taken, the first button pressed."""
    body = form.body()
    for one in form.fields:
        if one.kind in WORDS and body.get(one.name) == [""]:
            body[one.name] = [WORDS[one.kind]]
        if one.kind == "checkbox" and one.name not in body and not one.name.startswith("nej"):
            body[one.name] = [one.value or "on"]
    button = next((one for one in form.fields if one.kind == "submit"), None)
    if button is not None:
        body[button.name] = [button.value]
    return body


class _UndoneError(Exception):
    """Ends a trial."""


def _pages(target):
    """Every page somebody may open, as that somebody, and the citizen's own."""
    for name, who in opens():
        yield who, url(name, target.scenes["own"])
    for name in ("my_rights", "my_correction", "my_sharing", "my_complaint_effort", "me"):
        yield "citizen", reverse(name)


def test_a_form_sent_twice_is_taken_once(target):
    clients, tried, taken, wrong = {}, set(), set(), []
    out = (reverse("logout"), reverse("search"))
    for who, address in _pages(target):
        client = clients.setdefault(who, target.client(who))
        page = client.get(address)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(address, page.content.decode()):
            body = filled(form)
            if form.action == reverse("emergency_new"):
                body["cpr"] = [target.scenes["stranger"]["citizen"].cpr]
            key = (form.action, tuple(sorted(form.names())), str(body.get("do") or body.get("som")))
            if form.method != "post" or form.action.startswith(out) or key in tried:
                continue
            tried.add(key)
            with contextlib.suppress(_UndoneError), transaction.atomic():
                first = client.post(form.action, body)
                once = writes()
                if 300 <= first.status_code < 400:
                    again = client.post(form.action, body)
                    taken.add(resolve(form.action.split("?")[0]).url_name)
                    if writes() != once or (again.status_code, again["Location"]) != (302, first["Location"]):
                        wrong.append(f"{form.action} as {who}: {again.status_code}")
                raise _UndoneError
    assert not wrong, "\n".join(wrong)
    assert TAKEN - taken == set(), sorted(taken)
    assert len(taken) > 50, sorted(taken)

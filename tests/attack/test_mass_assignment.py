"""Every form of every page: what it does not offer cannot be set, and what it offers cannot be swapped for another's."""

import contextlib

import pytest
from django.db import transaction
from django.urls import reverse

from jobformidler.core import db
from tests.attack.conftest import writes, written
from tests.attack.digest import digest
from tests.attack.forms import forms_of
from tests.attack.pages import opens, url
from tests.web.matrix import SCENES

#: Names of columns nobody may set by sending them along; a form that offers the name itself is left its own value.
POISON = {
    **dict.fromkeys(("id", "pk", "municipality", "municipality_id", "citizen", "citizen_id", "case", "case_id"), "4"),
    **dict.fromkeys(("by", "by_id", "user", "user_id", "owner", "owner_id", "actor", "unit_id", "placement_id"), "4"),
    **dict.fromkeys(("is_superuser", "is_staff", "is_active", "is_demo", "protected_address", "staff_protected"), "1"),
    **dict.fromkeys(("status", "state", "outcome"), "approved"),
    **dict.fromkeys(("role", "roles", "powers", "kind_", "relation"), "administrator"),
    **dict.fromkeys(
        ("approved_on", "registered_on", "created_at", "withdrawn_at", "transferred_on", "at"), "2020-01-01"
    ),
    **dict.fromkeys(("cpr", "cpr_hash", "password", "token", "digest", "event_id", "author", "source"), "7111800001"),
}


def _post_forms(client, address):
    page = client.get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return []
    forms = forms_of(address, page.content.decode())
    signing_out = (reverse("logout"), reverse("search"))
    return [form for form in forms if form.method == "post" and not form.action.startswith(signing_out)]


def _outcome(target, client, form, body):
    """The answer to a form and what the municipality then holds where it was written to; all of it undone."""
    before = writes()
    with contextlib.suppress(_UndoneError), transaction.atomic():
        response = client.post(form.action, body)
        with db.enter(target.world.municipality, reason="attack"):
            held = digest(among=written(before))
        result = response.status_code, held
        raise _UndoneError
    return result


def _differs(now, before):
    return any(before[table] != found for table, found in now.items())


class _UndoneError(Exception):
    """Ends a trial."""


@pytest.mark.parametrize(("name", "who"), opens())
def test_what_a_form_does_not_offer_cannot_be_set(target, name, who):
    client = target.client(who)
    for form in _post_forms(client, url(name, target.scenes["own"])):
        clean = form.body()
        poisoned = {key: [value] for key, value in POISON.items() if key not in form.names()} | clean
        code, held = _outcome(target, client, form, clean)
        assert code < 500, form.action
        assert _outcome(target, client, form, poisoned) == (code, held), form.action


@pytest.mark.parametrize(("name", "who"), opens())
def test_a_choice_cannot_be_swapped_for_something_of_others(target, name, who):
    client = target.client(who)
    other = target.scenes["elsewhere"]["case"].municipality
    theirs = f"citizen_id in ({', '.join(str(target.scenes[s]['citizen'].pk) for s in ('stranger', 'elsewhere'))})"
    fenced = frozenset({"municipality_id"})
    only_theirs = f"municipality_id = {other.pk}"  # some tables are open because they are read before the login
    with db.enter(other, reason="attack"):
        elsewhere = digest(only_theirs, fenced)
    with db.enter(target.world.municipality, reason="attack"):
        stranger = digest(theirs, frozenset({"citizen_id"}))
    wrong = []
    foreign = sorted({str(row.pk) for scene in SCENES[2:] for row in target.scenes[scene].values()})
    for form in _post_forms(client, url(name, target.scenes["own"])):
        choices = [one for one in form.fields if one.value.isdigit() or any(o.isdigit() for o in one.offers)]
        for one in choices:
            for value in [v for v in foreign if v not in (*one.offers, one.value)][-2:]:
                before = writes()
                with contextlib.suppress(_UndoneError), transaction.atomic():
                    code = client.post(form.action, form.body() | {one.name: [value]}).status_code
                    changed = written(before)
                    with db.enter(target.world.municipality, reason="attack"):
                        touched = _differs(digest(theirs, frozenset({"citizen_id"}), changed), stranger)
                    with db.enter(other, reason="attack"):
                        touched = touched or _differs(digest(only_theirs, fenced, changed), elsewhere)
                    if code >= 500 or touched:
                        wrong.append(f"{form.action} {one.name}={value}: {code}{' touched others' if touched else ''}")
                    raise _UndoneError
    assert not wrong, "\n".join(wrong)

"""Mona's case on the screens, the clock of the day, filling in forms, and counting what a page asks the database."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobformidler.casework import actions as casework
from jobformidler.core import clock


@pytest.fixture
def the_day(monkeypatch, now):
    """It is nine o'clock on the test day, for screens too."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def mona_case(world, the_day):
    """Mona's case with Line and Peter, opened today; nothing has happened yet."""
    return casework.open_case(
        citizen=world.citizen(phone="00 00 00 11"),
        unit=world.unit,
        jobformidler=world.line,
        caseworker=world.peter,
        by=world.line,
        at=the_day,
    )


@pytest.fixture
def as_line(client, world):
    """A browser in which Line is signed in."""
    client.force_login(world.line)
    return client


@pytest.fixture
def asked():
    """Call the function and return how many statements it sent.

    Savepoints are not counted, and entering the tenant's context once: in tests it is nested and left with a statement.
    """

    def run(call) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert call().status_code == 200
        not_counted = r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|set constraints"
        return 1 + len([query for query in queries if not re.match(not_counted, query["sql"])])

    return run


@pytest.fixture
def stranger(world):
    """A colleague of another unit, without any relation to Mona."""
    from tests.factories import make_user

    from jobformidler.accounts.enums import Role
    from jobformidler.accounts.models import Unit

    other = Unit.objects.create(municipality=world.municipality, name="Team Bakken")
    return make_user(world.municipality, "Omar Lyng", Role.JOBFORMIDLER, unit=other)


CONTROL = re.compile(r"<(?:input|select|textarea)\b[^>]*>", re.DOTALL)


def filled_in(html: str) -> dict[str, list[str]]:
    """What a browser would send of the form as it stands."""
    html = unescape(html)
    form = html[html.index('class="case-form"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, list[str]] = {}
    for match in CONTROL.finditer(form):
        tag = match.group()
        name = re.search(r'name="([^"]*)"', tag)
        if not name or name.group(1) == "csrfmiddlewaretoken":
            continue
        if tag.startswith("<select"):
            chosen = re.search(
                r'<option value="([^"]*)" selected', form[match.end() : form.index("</select>", match.end())]
            )
            sent[name.group(1)] = [chosen.group(1)] if chosen else []
        elif tag.startswith("<textarea"):
            sent[name.group(1)] = [form[match.end() : form.index("</textarea>", match.end())].strip()]
        elif 'type="radio"' in tag or 'type="checkbox"' in tag:
            if " checked" in tag:
                value = re.search(r'value="([^"]*)"', tag)
                sent.setdefault(name.group(1), []).append(value.group(1) if value else "on")
        else:
            value = re.search(r'value="([^"]*)"', tag)
            sent[name.group(1)] = [value.group(1) if value else ""]
    return sent


def answer(client, name, *args, **typed):
    """Open the form, add what is typed and send it."""
    address = reverse(name, args=args)
    sent = filled_in(client.get(address).content.decode())
    return client.post(address, {**sent, **typed})

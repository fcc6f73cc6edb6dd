"""`jobformidler manage shots`: the pictures of the documentation, taken from the demo in a database of its own."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.testcases import LiveServerThread
from django.utils import timezone

from jobformidler.accounts.demo_logins import PASSWORD
from jobformidler.accounts.models import User
from jobformidler.casework.models import Case
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements.actions import renew_link
from jobformidler.placements.enums import RUNNING, Party
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response, ViewportSize

#: The Monday the demo of the pictures happens on: the same pictures on every machine.
DAY = dt.date(2026, 11, 23)
SCRATCH = "jobformidler_shots"
WIDE = 1280
PHONE: "ViewportSize" = {"width": 390, "height": 844}
#: How tall a picture is, so that it ends where its subject does.
HEIGHTS = {"i-dag": 1040, "sag": 1180, "find-en-plads": 820, "aftale": 1120, "tavlen": 1080}
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]


@dataclass(frozen=True)
class Found:
    """What the pictures show: two cases, two people who look, and the address a workplace has by mail."""

    mona: int
    jonas: int
    line: str
    ole: str
    hours: str


class Command(BaseCommand):
    """Loads, looks, and removes what it loaded."""

    help = "Take the pictures of the documentation from the demo."

    def add_arguments(self, parser):
        """Where to, and how large a demo."""
        parser.add_argument("--to", default=str(Path(settings.ROOT) / "docs" / "img"), help="folder of the pictures")
        parser.add_argument("--size", default="small", help="size of the demo; default: small")

    def handle(self, **options: Any):
        """Raises CommandError when the browser is missing."""
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            raise CommandError("The pictures need the tools of the tests; run: make setup") from None
        if not Path(CHROMIUM).exists():
            raise CommandError("The pictures need Chromium; run: sudo apt-get install -y chromium")
        folder = Path(options["to"])
        folder.mkdir(parents=True, exist_ok=True)
        with scratch_database():
            call_command("migrate", verbosity=0)
            call_command("demo", size=options["size"], today=DAY.isoformat(), stdout=self.stdout)
            found = prepare()
            with server() as url, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env={"LANGUAGE": "da"})
                refused: list[str] = []
                for name, page in pictures(Visit(browser, url, refused), found):
                    if refused:
                        raise CommandError(f"No picture of {name}: {', '.join(refused)}")
                    if name in HEIGHTS:
                        page.set_viewport_size({"width": WIDE, "height": HEIGHTS[name]})
                    page.screenshot(path=folder / f"{name}.png")
                    self.stdout.write(f"  {folder / name}.png")
                browser.close()


@contextmanager
def scratch_database() -> Iterator[None]:
    """Work in an empty database of one's own, removed afterwards. Needs an owner role that may create databases."""
    before = connection.settings_dict["NAME"]
    drop, create = f'drop database if exists "{SCRATCH}" with (force)', f'create database "{SCRATCH}"'
    with db.as_owner(), connection.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(create)
    db.reconnect(NAME=SCRATCH)
    try:
        yield
    finally:
        db.reconnect(NAME=before)
        with db.as_owner(), connection.cursor() as cursor:
            cursor.execute(drop)


def prepare() -> Found:
    """Set the clock to Monday at nine, and give Mona's workplace a link. All that needs the database happens here."""
    municipality = Municipality.objects.get(is_demo=True)
    now = clock.at_time(DAY, 9)
    Municipality.objects.filter(pk=municipality.pk).update(clock_shift=now - timezone.now())
    with db.enter(municipality, reason="pictures"):
        mona, jonas = (
            Case.objects.get(citizen__first_name=first, citizen__last_name=last).pk
            for first, last in (("Mona", "Havtorn"), ("Jonas", "Klitrose"))
        )
        placement = Placement.objects.get(case_id=mona, status__in=RUNNING)
        renew_link(placement=placement, party=Party.EMPLOYER, purpose=LinkPurpose.HOURS, at=now)
        body = str(OutgoingMail.objects.order_by("-pk")[0].body)
    address = re.search(r"/t/\S+", body)
    assert address is not None, "the mail holds the link"
    line, ole = (User.objects.get(name=name).email for name in ("Line Askeløv", "Ole Bakkedal"))
    return Found(mona, jonas, line, ole, address.group(0))


@contextmanager
def server() -> Iterator[str]:
    """Answer on a free port; gives the address."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()


@dataclass
class Visit:
    """A browser at the demo; `refused` collects every answer that is not the page that was asked for."""

    browser: "Browser"
    url: str
    refused: list[str]

    def page(self, viewport: "ViewportSize", **options: Any) -> "Page":
        """A page of a stranger."""
        page = self.browser.new_page(viewport=viewport, locale="da-DK", base_url=self.url, **options)
        page.on("response", self._note)
        return page

    def _note(self, answer: "Response") -> None:
        if answer.status >= 400:
            self.refused.append(f"{answer.status} {answer.url}")

    def logged_in(self, email: str) -> "Page":
        """A page of somebody who is logged in."""
        page = self.page({"width": WIDE, "height": 900}, reduced_motion="reduce")
        page.goto("/log-ind/")
        page.locator("#id_username").fill(email)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(re.compile(r"/(i-dag|tavlen)/"))
        return page


def pictures(visit: Visit, found: Found) -> "Iterator[tuple[str, Page]]":
    """Each picture's name, and the page as it stands on it; the demo changes on the way, so the order matters."""
    page = visit.logged_in(found.line)
    yield "i-dag", page
    page.goto(f"/sag/{found.mona}/")
    yield "sag", page
    page.goto(f"/sag/{found.jonas}/find-en-plads/")
    page.locator(".what-if a, .what-if button").first.click()
    page.wait_for_load_state("load")
    page.mouse.move(0, 0)
    yield "find-en-plads", page
    page.locator("li.match form button").first.click()
    page.locator("button[name=discussed][value=yes]").click()
    page.locator("#afsnit-2 button[value=towards_hours]").click()
    page.locator("#afsnit-2 .v-panel").wait_for(state="detached")
    page.goto(re.sub(r"[?#].*", "", page.url))
    yield "aftale", page
    yield "tavlen", visit.logged_in(found.ole)
    phone = visit.page(PHONE, has_touch=True)
    phone.goto(found.hours)
    yield "timer-mobil", phone

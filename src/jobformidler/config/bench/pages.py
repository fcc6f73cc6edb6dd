"""The main pages as they are served: gunicorn, one client, the small and the large demo in databases of their own.

Times are of whole requests over HTTP on one machine, after a few to warm up. Queries are counted in this process on the
same database: reads and writes, not the bounds of transactions.
"""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from jobformidler.config.bench import databases

SMALL, LARGE = "jf_bench_small", "jf_bench_large"
REQUESTS, WARM_UP = 60, 6
#: The aims of a page on the large demo, and of the ratio to the small one (which below this many ms is only noise).
MOST_QUERIES, MOST_MS, MOST_RATIO, NOISE_MS = 15, 150, 1.5, 40
#: Pages that answer with something of the whole municipality: their time may grow with it, within the aim in ms.
WHOLE = frozenset({"place_match", "board", "caseload_of_all"})
#: The aim of row policies: at most so many times the same pages without. Rounds of each, one after the other.
MOST_FOR_POLICIES, ROUNDS, IN_A_ROUND = 1.15, 11, 5
_BOUNDS = re.compile(r"(begin|commit|rollback|savepoint|release)\b", re.IGNORECASE)


class Page(NamedTuple):
    """A page, who opens it, and which row it is about: citizen, workplace or place by name."""

    name: str
    who: str
    about: str = ""


PAGES = (
    Page("today", "line"),
    Page("caseload", "line"),
    Page("case", "line", "Mona Havtorn"),
    Page("case_timeline", "line", "Mona Havtorn"),
    Page("place_match", "line", "Jonas Klitrose"),
    Page("agreements", "line"),
    Page("agreement", "line", "Mona Havtorn"),
    Page("employers", "nadia"),
    Page("workplace", "nadia", "Fjordby Trælast & Byg ApS"),
    Page("places", "nadia"),
    Page("board", "ole"),
    Page("caseload_of_all", "ole"),
    Page("candidates", "line", "Linnedlager"),
)
#: The pages held against themselves without row policies: those that read most rows.
LISTS = ("today", "caseload", "agreements", "employers", "places", "place_match", "board", "caseload_of_all")


def run() -> dict[str, Any]:
    """Measure both sizes; returns what each page took, and the ratio large to small. Takes ten minutes.

    On the large demo the lists are also measured with and without row policies, in turns in the same run.
    """
    from django.core.management import call_command

    def load(size: str) -> float:
        databases.say(f"the {size} demo is loaded")
        begin = time.monotonic()
        call_command("demo", size=size, stdout=sys.stderr)
        return round(time.monotonic() - begin, 1)

    found: dict[str, Any] = {"requests": REQUESTS, "served_by": "gunicorn gthread, one client"}
    with databases.scratch(SMALL):
        call_command("migrate", verbosity=0)
        found["load_small_seconds"] = load("small")
        databases.say("the pages of the small demo")
        found["small"] = measured(SMALL)
        with databases.scratch(LARGE, template=SMALL):
            found["load_large_seconds"] = load("large")
            databases.say("the pages of the large demo")
            found["large"] = measured(LARGE)
            databases.say("its lists with and without row policies")
            found["policies"] = with_and_without_policies(LARGE)
    found["ratio"] = {
        name: round(page["p50_ms"] / found["small"][name]["p50_ms"], 2) for name, page in found["large"].items()
    }
    return found


def lines(result: dict[str, Any]) -> list[str]:
    """The result as a table."""
    rows = [f"  {'page':<18}{'small p50':>10}{'large p50':>10}{'p95 ms':>8}{'ratio':>7}{'queries':>9}"]
    for name, large in result["large"].items():
        small = result["small"][name]
        rows.append(
            f"  {name:<18}{small['p50_ms']:>10}{large['p50_ms']:>10}{large['p95_ms']:>8}"
            f"{result['ratio'][name]:>7}{large['queries']:>9}"
        )
    rows.append(f"  {'list, large demo':<18}{'p50 ms':>10}{'without policies':>18}{'ratio':>7}")
    rows += [
        f"  {name:<18}{one['p50_ms']:>10}{one['without_ms']:>18}{one['ratio']:>7}"
        for name, one in result["policies"].items()
    ]
    return rows


def missed(result: dict[str, Any]) -> list[str]:
    """What is slower or asks more than the aim."""
    found = []
    for name, page in result["large"].items():
        if page["queries"] > MOST_QUERIES:
            found.append(f"{name}: {page['queries']} queries, aim {MOST_QUERIES}")
        if page["p95_ms"] > MOST_MS:
            found.append(f"{name}: {page['p95_ms']} ms at p95, aim {MOST_MS}")
        if result["ratio"][name] > MOST_RATIO and page["p50_ms"] > NOISE_MS and name not in WHOLE:
            found.append(f"{name}: {result['ratio'][name]} times the small demo, aim {MOST_RATIO}")
    for name, one in result["policies"].items():
        if one["ratio"] > MOST_FOR_POLICIES:
            found.append(f"{name}: {one['ratio']} times as long as without row policies, aim {MOST_FOR_POLICIES}")
    return found


def measured(database: str) -> dict[str, dict[str, float]]:
    """p50 and p95 in milliseconds, queries and bytes of each page of the demo in this database, which is connected."""
    with databases.as_owner(database) as owner:
        owner.execute("vacuum analyze")  # what autovacuum would have done a minute later
    addresses, cookies = _addresses(), _cookies()
    found: dict[str, dict[str, float]] = {}
    for page in PAGES:
        found[page.name] = {"queries": _queries(page, addresses[page.name])}
    with _served(database) as port:
        for page in PAGES:
            found[page.name] |= _timed(port, addresses[page.name], cookies[page.who])
    return found


def _addresses() -> dict[str, str]:
    from django.urls import reverse

    from jobformidler.casework.models import Case
    from jobformidler.core import db
    from jobformidler.core.models import Municipality
    from jobformidler.employers.models import Workplace
    from jobformidler.openings.models import Place
    from jobformidler.placements.models import Placement

    found = {}
    with db.enter(Municipality.objects.get(is_demo=True), reason="bench"):
        for page in PAGES:
            if not page.about:
                found[page.name] = reverse("caseload" if page.name == "caseload_of_all" else page.name)
            elif page.name == "candidates":
                place = Place.objects.order_by("pk").filter(title=page.about, closed_on=None)[0]
                found[page.name] = reverse(page.name, args=[place.pk])
            elif page.name == "workplace":
                found[page.name] = reverse(page.name, args=[Workplace.objects.get(name=page.about).pk])
            else:
                first, last = page.about.split(" ")
                case = Case.objects.order_by("pk").filter(citizen__first_name=first, citizen__last_name=last)[0]
                placement = Placement.objects.filter(case=case).order_by("pk").first()
                pk = placement.pk if page.name == "agreement" and placement else case.pk
                found[page.name] = reverse(page.name, args=[pk])
    return found


def _client(who: str) -> Any:
    from django.test import Client

    from jobformidler.accounts.models import User

    client = Client(raise_request_exception=True, SERVER_NAME="localhost")  # a host we answer to
    client.force_login(User.objects.get(email=f"{who}@fjordby.example"))
    return client


def _cookies() -> dict[str, str]:
    from django.conf import settings

    name = settings.SESSION_COOKIE_NAME
    return {who: f"{name}={_client(who).cookies[name].value}" for who in sorted({page.who for page in PAGES})}


def _queries(page: Page, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(page.who)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.name} answers {answer.status_code}")
    return sum(not _BOUNDS.match(query["sql"]) for query in seen.captured_queries)


def _timed(port: int, address: str, cookie: str) -> dict[str, float]:
    times, size = _times(port, address, cookie, REQUESTS)
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "kb": round(size / 1000),
    }


def _times(port: int, address: str, cookie: str, requests: int, warm_up: int = WARM_UP) -> tuple[list[float], int]:
    """Milliseconds of each of so many requests after a few to warm up, and the size of the answer in bytes."""
    times, size = [], 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number in range(warm_up + requests):
        begin = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}")
        if number >= warm_up:
            times.append(1000 * (time.perf_counter() - begin))
    connection.close()
    return times, size


def with_and_without_policies(database: str) -> dict[str, dict[str, float]]:
    """Each list with row policies and without: p50 of both in milliseconds, and their ratio.

    Both are asked of the same server in many short turns, so that whatever else the machine does meets both; the ratio is
    the middle one of the turns. For a database of the bench's own: the policies are switched off in between, and back on
    at the end.
    """
    addresses, cookies = _addresses(), _cookies()
    pages = [page for page in PAGES if page.name in LISTS]
    times: dict[tuple[str, bool], list[float]] = {(page.name, fence): [] for page in pages for fence in (True, False)}
    with databases.as_owner(database) as owner, _served(database) as port:
        fenced = [row[0] for row in owner.execute("select oid::regclass::text from pg_class where relrowsecurity")]

        def switch(fence: bool) -> None:
            with owner.transaction():
                for table in fenced:
                    owner.execute(f"alter table {table} {'enable' if fence else 'disable'} row level security")

        for turn in range(2 * ROUNDS):
            fence = turn % 2 == 0
            switch(fence)
            for page in pages:
                some, _size = _times(port, addresses[page.name], cookies[page.who], IN_A_ROUND, warm_up=2)
                times[page.name, fence].append(statistics.median(some))
        switch(True)
    found = {}
    for page in pages:
        on, off = times[page.name, True], times[page.name, False]
        found[page.name] = {
            "p50_ms": round(statistics.median(on), 1),
            "without_ms": round(statistics.median(off), 1),
            "ratio": round(statistics.median(one / other for one, other in zip(on, off, strict=True)), 2),
        }
    return found


@contextmanager
def _served(database: str) -> Iterator[int]:
    """The application behind gunicorn with one worker, until the block ends; gives the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "jobformidler.config.wsgi:application", "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "4"]
    environment = {**os.environ, "JOBFORMIDLER_DATABASE_URL": databases.url(database), "JF_DB_ROLE": "jf_web"}
    server = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            raise RuntimeError("the web server ended")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the web server does not answer")

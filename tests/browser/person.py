"""Somebody at a screen: logs in, reads, taps and fills in, by the words on the screen."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request

from jobformidler.demo import setting
from tests.browser import look
from tests.browser.site import Site


class Person:
    """One browser of one person. Every page the person comes to is looked at (axe, widths, language)."""

    def __init__(self, context: BrowserContext, site: Site, seen: set[str]):
        self.site, self.seen = site, seen
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(8000)
        self.wrong: list[str] = []
        self.allowed = ""
        self.looks = True
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("dialog", self._dialog)

    def _console(self, message: ConsoleMessage) -> None:
        expected = self.allowed and re.search(self.allowed, message.text)
        if message.type in {"error", "warning"} and not expected:
            self.wrong.append(f"console at {self.page.url}: {message.text}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):
            self.wrong.append(f"not loaded: {request.url} {request.failure}")

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    # -- going about -------------------------------------------------------------------------------------------------
    def go(self, path: str, *, status: int = 200) -> "Person":
        """Open an address of the site, or a link from a mail."""
        self.allowed = str(status) if status >= 400 else ""
        answer = self.page.goto(path if path.startswith("http") else f"{self.site.url}{path}")
        assert answer is not None and answer.status == status, f"{path}: {answer.status if answer else 'no answer'}"
        self.look()
        self.allowed = ""
        return self

    def log_in(self, first_name: str) -> "Person":
        """Log in as somebody of the demo."""
        self.go("/log-ind/")
        self.fill("E-mail", setting.email(first_name))
        self.fill("Adgangskode", setting.PASSWORD)
        self.tap("Log ind")
        assert "/log-ind/" not in self.page.url, self.text()
        return self

    def look(self) -> None:
        """Note what is wrong with the page as it stands."""
        if self.looks:
            self.wrong += look.faults(self.page, self.seen)

    # -- hands -------------------------------------------------------------------------------------------------------
    def named(self, name: "str | re.Pattern", role: str = "", inside: str = "") -> Locator:
        """The visible button or link with this name; `inside` names the region or row (a CSS selector)."""
        scope: Any = self.page.locator(inside) if inside else self.page
        exact = {"exact": True} if isinstance(name, str) else {}
        if role:
            found = scope.get_by_role(role, name=name, **exact)
        else:
            found = scope.get_by_role("button", name=name, **exact).or_(scope.get_by_role("link", name=name, **exact))
        return found.locator("visible=true").first

    def tap(self, name: "str | re.Pattern", role: str = "", inside: str = "") -> "Person":
        """Tap a button or link by its name, and look at what comes."""
        return self.tap_on(self.named(name, role, inside))

    def tap_on(self, thing: Locator) -> "Person":
        """Tap something, and look at what comes."""
        thing.click()
        self.settle()
        self.look()
        return self

    def settle(self) -> None:
        """Wait until the page and what it fetches are there."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")

    def fill(self, label: str, value: str, inside: str = "") -> "Person":
        """Write in the field with this label."""
        self.field(label, inside).fill(value)
        return self

    def choose(self, label: str, inside: str = "", group: str = "") -> "Person":
        """Tick a box or choose a radio button, by tapping its label as people do."""
        scope: Any = self.page.locator(inside) if inside else self.page
        if group:
            scope = scope.get_by_role("group", name=group)
        scope.locator("label", has_text=re.compile(rf"^\s*{re.escape(label)}", re.IGNORECASE)).locator(
            "visible=true"
        ).first.click()
        return self

    def select(self, label: str, value: str, inside: str = "") -> "Person":
        """Choose from a list."""
        self.field(label, inside).select_option(label=value)
        return self

    def field(self, label: str, inside: str = "") -> Locator:
        """The visible field with this label."""
        scope: Any = self.page.locator(inside) if inside else self.page
        pattern = re.compile(rf"^\s*{re.escape(label)}")
        return scope.get_by_label(pattern).locator("visible=true").first

    # -- eyes --------------------------------------------------------------------------------------------------------
    def text(self, of: str = "main") -> str:
        """The words one sees."""
        return re.sub(r"\s+", " ", self.page.locator(of).first.inner_text())

    def sees(self, *texts: str) -> "Person":
        """Assert that these words are on the page."""
        shown = self.text("body")
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{missing} not in {self.page.url}: {shown[:1500]}"
        return self

    @property
    def path(self) -> str:
        """Where one is."""
        return self.page.url.removeprefix(self.site.url)

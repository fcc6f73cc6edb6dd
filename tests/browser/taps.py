"""Counting what a registration costs: every tap, every field filled, every key that activates something.

The counter sits in Playwright's own classes, so whatever a test does is counted whether it wants to or not; while a
registration is being counted, an address may not be typed either.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from playwright.sync_api import Keyboard, Locator, Mouse, Page, Touchscreen

ACTIONS = {
    Locator: (
        "click", "dblclick", "tap", "fill", "clear", "type", "press", "press_sequentially", "check", "uncheck",
        "set_checked", "select_option", "set_input_files", "drag_to", "dispatch_event",
    ),
    Page: (
        "click", "dblclick", "tap", "fill", "type", "press", "check", "uncheck", "set_checked", "select_option",
        "set_input_files", "drag_and_drop", "dispatch_event",
    ),
    Keyboard: ("press", "type", "insert_text"),
    Mouse: ("click", "dblclick"),
    Touchscreen: ("tap",),
}  # fmt: skip
#: Keys that move about or type; any other key activates a control.
SILENT_KEYS = {"Tab", "Shift+Tab", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Escape", "Home", "End", "/"}


class Taps:
    """One counter for the whole run."""

    def __init__(self) -> None:
        self.total = 0
        self.counting: str | None = None
        self.results: dict[str, int] = {}

    def install(self) -> None:
        """Wrap Playwright's actions."""
        for owner, names in ACTIONS.items():
            for name in names:
                setattr(owner, name, self._counted(getattr(owner, name)))
        for name in ("goto", "go_back", "go_forward"):
            setattr(Page, name, self._outside(getattr(Page, name)))

    def _counted(self, original: Callable) -> Callable:
        @wraps(original)
        def act(thing: Any, *args: Any, **kwargs: Any) -> Any:
            key = args[0] if original.__name__ == "press" and isinstance(thing, Keyboard) else kwargs.get("key")
            if key not in SILENT_KEYS:
                self.total += 1
            return original(thing, *args, **kwargs)

        return act

    def _outside(self, original: Callable) -> Callable:
        @wraps(original)
        def go(page: Page, *args: Any, **kwargs: Any) -> Any:
            assert self.counting is None, f"{self.counting} is being counted: find the way with taps"
            return original(page, *args, **kwargs)

        return go

    @contextmanager
    def count(self, name: str) -> Iterator[None]:
        """Count one registration; the worst of several with one name stands."""
        assert self.counting is None, "one registration at a time"
        self.counting, before = name, self.total
        try:
            yield
        finally:
            self.counting = None
        self.results[name] = max(self.total - before, self.results.get(name, 0))

    def write(self, path: Path) -> None:
        """Keep the results where the documentation reads them."""
        if self.results:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(dict(sorted(self.results.items())), indent=1) + "\n", encoding="utf-8")

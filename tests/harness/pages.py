"""Every HTML page a test gets is looked at, whatever the test asks about it."""

import re

from django.test import Client

#: Marks of a template, a placeholder or a translation that was never filled in.
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|%\(\w+\)[sd]|(?:<|&lt;)[\w.]+ object at 0x")
#: What the content security policy refuses, and what would then silently not work.
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>|<style[\s>]|<[^>]+\sstyle=|<[^>]+\son[a-z]+=|=\"javascript:",
    re.IGNORECASE,
)


class BadPageError(AssertionError):
    """A page that no user should get."""


class Unwatched(Client):
    """A client whose pages nobody looks at."""


def problems(html: str) -> list[str]:
    """What is wrong with a page, each with its surroundings."""
    return [
        f"{what}: …{html[max(found.start() - 60, 0) : found.end() + 60]}…"
        for what, pattern in (("left over", LEFT_OVER), ("refused by the policy", INLINE))
        for found in pattern.finditer(html)
    ]


def _requesting(original):
    def request(self, **asked):
        response = original(self, **asked)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            found = problems(response.content.decode(response.charset))
            if "no-store" not in response.get("Cache-Control", ""):
                found.append("may be kept by the browser: Cache-Control: no-store is missing")
            if found:
                raise BadPageError("\n".join([f"{asked.get('REQUEST_METHOD')} {asked.get('PATH_INFO')}", *found]))
        return response

    return request


def install() -> None:
    """For every client, also those a test makes itself. `Unwatched` is for pages that show a template as somebody's text."""
    Unwatched.request = Client.request
    Client.request = _requesting(Client.request)

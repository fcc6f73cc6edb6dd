"""The addresses that show a page, who opens them, and the names of everything a page reads from its address."""

import re
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from jobformidler.accounts.enums import Role
from tests.web.matrix import MATRIX

BY_ROLE = {
    str(Role.JOBFORMIDLER): "jobformidler",
    str(Role.CASEWORKER): "caseworker",
    str(Role.TEAM_LEADER): "team_leader",
    str(Role.EMPLOYER_CONSULTANT): "employer_consultant",
    str(Role.ADMINISTRATOR): "administrator",
}
_READS = re.compile(
    r"""request\.GET(?:\.get\(|\[|\.getlist\()\s*["'](\w+)["']|["'](\w+)["'] (?:not )?in request\.GET"""
)


def parameters() -> list[str]:
    """Every name the code reads from an address; a new filter is found by itself."""
    web = Path(settings.ROOT) / "src" / "jobformidler" / "web"
    found = {a or b for file in web.rglob("*.py") for a, b in _READS.findall(file.read_text(encoding="utf-8"))}
    return sorted(found | {"page", "sort", "q", "next"})


def opens() -> list[tuple[str, str]]:
    """Every address that shows a page, with the first role that may open it."""
    found = []
    for name, expected in sorted(MATRIX.items()):
        who = next((who for role, who in BY_ROLE.items() if expected.codes.get(role, (0,))[0] == 200), None)
        if who:
            found.append((name, who))
    return found


def url(name: str, scene: dict, other: dict | None = None) -> str:
    """The address of an object of `scene`; further objects of the address are taken from `other` when given."""
    parts = {}
    for key, value in MATRIX[name].keys.items():
        source = scene if key == "pk" or other is None else other
        parts[key] = value[1:] if value.startswith("=") else source[value].pk
    return reverse(name, kwargs=parts)

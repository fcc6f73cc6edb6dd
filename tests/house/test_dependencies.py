"""Every direct dependency is explained in one line, and nothing is explained that is not used."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted((ROOT / "requirements").glob("*.in"))
LINE = re.compile(r"^\| \[`(?P<name>[^`]+)`\]\((?P<home>https://[^)]+)\) \| (?P<why>.+) \| (?P<else>.+) \|$")


def plain(name: str) -> str:
    """Return the name as both package worlds compare it: lower case, one kind of hyphen."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    names = set()
    for file in LISTS:
        for line in file.read_text(encoding="utf-8").splitlines():
            if found := re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line.strip()):
                names.add(plain(found.group()))
    package = ROOT / "package.json"
    if package.is_file():
        content = json.loads(package.read_text(encoding="utf-8"))
        for part in ("dependencies", "devDependencies"):
            names |= {plain(name) for name in content.get(part, {})}
    return names


def explained() -> list[re.Match[str]]:
    lines = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").splitlines()
    return [found for line in lines if (found := LINE.match(line))]


def test_every_direct_dependency_has_a_line():
    assert declared() - {plain(line["name"]) for line in explained()} == set()


def test_every_line_is_a_direct_dependency():
    names = [plain(line["name"]) for line in explained()]
    assert len(names) == len(set(names))
    assert set(names) - declared() == set()


def test_every_line_of_the_tables_can_be_read():
    rows = re.findall(r"^\| \[", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(explained()) >= 25

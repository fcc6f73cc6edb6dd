"""The coverage table: which requirement is met, where, and which test proves it.

``docs/requirement-ids.txt`` is the list of requirements (``id TAB title``), ``docs/coverage.csv`` says
for each of them ``done``, ``partly`` or ``open``. This module reads both and says what does not hold.
It needs the standard library only, so that ``jobformidler coverage`` runs without a database.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path("docs/coverage.csv")
REQUIREMENTS = Path("docs/requirement-ids.txt")
COLUMNS = ("id", "status", "where", "test", "note")
STATUSES = ("done", "partly", "open")
MAX_TITLE = 100  # characters, so that the list stays one line each


@dataclass(frozen=True)
class Requirement:
    """One requirement: its identifier, e.g. ``PLC-10``, and a short English title."""

    id: str
    title: str

    @property
    def area(self) -> str:
        """The letters before the number, e.g. ``PLC``."""
        return self.id.partition("-")[0]


@dataclass(frozen=True)
class Row:
    """One line of the table. ``where`` and ``test`` hold several values separated by one space."""

    line: int
    id: str
    status: str
    where: str
    test: str
    note: str

    @property
    def paths(self) -> list[str]:
        """Paths below the project's root where the requirement is met."""
        return self.where.split()

    @property
    def tests(self) -> list[str]:
        """pytest node ids, ``path::name`` or ``path::Class::name``, without parameters."""
        return self.test.split()


class CoverageError(Exception):
    """The table or the list cannot be read at all; the message is one plain sentence."""


def project_root(start: Path | None = None) -> Path:
    """Return the nearest folder at or above ``start`` (default: this file) that holds the table.

    Raises CoverageError when there is none, e.g. in an installation without its documents.
    """
    here = (start or Path(__file__)).resolve()
    for folder in (here, *here.parents):
        if (folder / TABLE).is_file():
            return folder
    raise CoverageError(f"No {TABLE} at or above {here}.")


def requirements(root: Path | None = None) -> list[Requirement]:
    """Return every requirement in document order. Raises CoverageError when the list is missing or torn."""
    path = (root or project_root()) / REQUIREMENTS
    if not path.is_file():
        raise CoverageError(f"{path} is missing.")
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        identifier, tab, title = text.partition("\t")
        if not (identifier and tab and title.strip()):
            raise CoverageError(f"{REQUIREMENTS} line {number} is not 'id TAB title'.")
        found.append(Requirement(identifier, title))
    return found


def load(root: Path | None = None) -> list[Row]:
    """Return the rows of the table in file order. Raises CoverageError on a missing file or wrong columns."""
    path = (root or project_root()) / TABLE
    if not path.is_file():
        raise CoverageError(f"{path} is missing.")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != COLUMNS:
            raise CoverageError(f"{TABLE} must have the columns {', '.join(COLUMNS)}.")
        rows = []
        for cells in reader:
            if len(cells) != len(COLUMNS):
                raise CoverageError(f"{TABLE} line {reader.line_num} has {len(cells)} cells, not {len(COLUMNS)}.")
            rows.append(Row(reader.line_num, *cells))
    return rows


def selectable_tests(path: Path) -> set[str]:
    """Return what pytest can select in a test file: ``name`` and ``Class::name``; read, not imported."""
    names: set[str] = set()

    def collect(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if node.name.startswith("test"):
                    names.add(prefix + node.name)
            elif isinstance(node, ast.ClassDef):
                collect(node.body, f"{prefix}{node.name}::")

    collect(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)).body, "")
    return names


def problems(root: Path | None = None) -> list[str]:
    """Return one sentence for everything in the table that does not hold; an empty list is a sound table.

    Every identifier stands exactly once and in document order, statuses are known, test names exist,
    paths exist, a ``done`` row names where and at least one test, a ``partly`` row notes what is missing.
    """
    base = root or project_root()
    known = [requirement.id for requirement in requirements(base)]
    rows = load(base)
    found = _identifier_problems(known, [row.id for row in rows])
    selectable: dict[str, set[str] | None] = {}
    for row in rows:
        found += [f"{row.id} (line {row.line}): {text}" for text in _row_problems(base, row, selectable)]
    return found


def _identifier_problems(known: list[str], listed: list[str]) -> list[str]:
    found = []
    for name, identifiers in ((REQUIREMENTS, known), (TABLE, listed)):
        counted = Counter(identifiers).items()
        found += [f"{identifier} stands {n} times in {name}." for identifier, n in counted if n > 1]
    found += [f"{identifier} is missing from {TABLE}." for identifier in _without(known, listed)]
    found += [f"{identifier} is not in {REQUIREMENTS}." for identifier in _without(listed, known)]
    if not found and known != listed:
        found.append(f"{TABLE} is not in the order of {REQUIREMENTS}.")
    return found


def _without(identifiers: list[str], others: list[str]) -> list[str]:
    unwanted = set(others)
    return [identifier for identifier in dict.fromkeys(identifiers) if identifier not in unwanted]


def _row_problems(base: Path, row: Row, selectable: dict[str, set[str] | None]) -> list[str]:
    found = []
    if row.status not in STATUSES:
        found.append(f"status '{row.status}' is not one of {', '.join(STATUSES)}.")
    if row.status == "done" and not row.paths:
        found.append("done, but 'where' is empty.")
    if row.status == "done" and not row.tests:
        found.append("done, but no test is named.")
    if row.status == "partly" and not row.note.strip():
        found.append("partly, but the note does not say what is missing.")
    missing = [path for path in row.paths if not _is_inside(base, path) or not (base / path).exists()]
    found += [f"'{path}' does not exist." for path in missing]
    for node in row.tests:
        path, _, name = node.partition("::")
        if path not in selectable:
            file = base / path
            usable = _is_inside(base, path) and path.endswith(".py") and file.is_file()
            selectable[path] = selectable_tests(file) if usable else None
        names = selectable[path]
        if names is None:
            found.append(f"'{path}' is not a test file.")
        elif name not in names:
            found.append(f"'{path}' has no test '{name}'.")
    return found


def _is_inside(base: Path, path: str) -> bool:
    return (base / path).resolve().is_relative_to(base.resolve())


@dataclass(frozen=True)
class Summary:
    """How many requirements have each status, in all and per area (letters before the number)."""

    total: int
    counts: dict[str, int]
    areas: dict[str, dict[str, int]]


def summary(root: Path | None = None) -> Summary:
    """Count the rows of the table by status and by area; unknown statuses are left out of the counts."""
    rows = load(root)
    areas: dict[str, dict[str, int]] = {}
    for row in rows:
        counts = areas.setdefault(row.id.partition("-")[0], dict.fromkeys(STATUSES, 0))
        if row.status in counts:
            counts[row.status] += 1
    total = {status: sum(counts[status] for counts in areas.values()) for status in STATUSES}
    return Summary(total=len(rows), counts=total, areas=areas)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the summary; with ``--check`` also every problem, with ``--json`` for machines.

    Returns 0 when all is good, 1 when ``--check`` found problems, 2 when the table cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="jobformidler coverage",
        description="Which requirements are met, where, and by which test.",
    )
    parser.add_argument("--check", action="store_true", help="verify the table and say what does not hold")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--root", type=Path, help="folder of the project (default: found from this program)")
    options = parser.parse_args(argv)
    try:
        root = project_root(options.root)
        counted = summary(root)
        wrong = problems(root) if options.check else []
    except (CoverageError, OSError, UnicodeDecodeError, SyntaxError) as error:
        print(f"The coverage table cannot be read: {error}", file=sys.stderr)
        return 2
    if options.json:
        answer: dict[str, object] = {
            "total": counted.total,
            **counted.counts,
            "areas": counted.areas,
        }
        if options.check:
            answer["problems"] = wrong
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _print_table(counted)
        for sentence in wrong:
            print(sentence)
        if options.check:
            print(f"{len(wrong)} problems found." if wrong else "The table holds.")
    return 1 if wrong else 0


def _print_table(counted: Summary) -> None:
    print(f"{'area':<8}" + "".join(f"{status:>8}" for status in STATUSES) + f"{'all':>8}")
    for area, counts in [*counted.areas.items(), ("all", counted.counts)]:
        print(f"{area:<8}" + "".join(f"{counts[status]:>8}" for status in STATUSES) + f"{sum(counts.values()):>8}")


if __name__ == "__main__":
    raise SystemExit(main())

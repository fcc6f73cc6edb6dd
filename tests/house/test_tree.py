"""The tree keeps its own rules: sizes, addresses, rooms, clocks, and templates without inline code."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("src/jobformidler")
HARD_LIMIT = 600  # lines of a file
README_LIMIT = 60

# Joined here so that this file itself stays clean.
REGISTRIES = [
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("deb", "debian", "org"), ("security", "debian", "org"), ("snapshot", "debian", "org"),
        ("archive", "ubuntu", "com"), ("crates", "io"), ("rubygems", "org"), ("proxy", "golang", "org"),
        ("conda", "anaconda", "org"), ("maven", "apache", "org"), ("maven", "org"),
    )
]  # fmt: skip
OUTSIDE = [("../" + name).encode() for name in ("shared", ".library")]

# Places where catching everything is right: (path, function) → why. An entry nobody needs fails too.
MAY_CATCH_ALL: dict[tuple[str, str], str] = {
    (
        "src/jobformidler/core/events.py",
        "_done_at_once",
    ): "the registration stands whatever a read model does; the job reports it",
    (
        "src/jobformidler/core/events.py",
        "_run_together",
    ): "the registration stands whatever a read model does; the jobs report it",
}

# Where the domain's rules stand: there the day and the moment are arguments.
RULE_ROOMS = {"models", "querysets", "transitions", "actions", "perms"}
READS_THE_CLOCK = {"today", "now", "utcnow", "localdate", "localtime"}
WALL_CLOCKS = {"date", "datetime", "timezone", "dt"}


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files of the project relative to its root: what git tracks, or all in an unpacked copy."""
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    else:
        own = ("src", "tests", "docs", "requirements", ".ci")
        names = [path.relative_to(ROOT) for folder in own for path in (ROOT / folder).rglob("*")]
        names += [path.relative_to(ROOT) for path in ROOT.iterdir()]
    return tuple(sorted(path for path in names if (ROOT / path).is_file()))


def of_kind(*endings: str, below: str = "") -> list[Path]:
    """Return our own files with these endings; what others wrote lies in folders named vendor."""
    return [
        path
        for path in tracked()
        if path.suffix in endings and path.as_posix().startswith(below) and "vendor" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def length(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def called_name(node: ast.expr) -> str:
    """Return the last name of a call, ``now`` for ``timezone.now()``; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node


def test_no_file_names_the_host_of_a_package_registry():
    found = []
    for path in tracked():
        content = (ROOT / path).read_bytes().lower()
        found += [f"{path}: {host.decode()}" for host in REGISTRIES if host in content]
    assert found == []


def test_no_file_points_outside_the_project():
    found = [str(path) for path in tracked() if any(name in (ROOT / path).read_bytes() for name in OUTSIDE)]
    assert found == []


def test_the_layer_contract_has_no_exceptions():
    settings = ROOT / "pyproject.toml"
    assert settings.is_file()
    assert "ignore" + "_imports" not in settings.read_text(encoding="utf-8")


def test_no_python_file_is_longer_than_the_hard_limit():
    long = [p for p in of_kind(".py") if "migrations" not in p.parts and length(p) > HARD_LIMIT]
    assert long == []


def test_no_template_script_or_style_sheet_of_ours_is_longer_than_the_hard_limit():
    assert [p for p in of_kind(".html", ".js", ".css", ".scss") if length(p) > HARD_LIMIT] == []


def packages_with_rooms() -> list[Path]:
    """Return the first-level packages that own nouns or verbs."""
    rooms = {"models", "actions"}
    found = {
        PACKAGE / path.relative_to(PACKAGE).parts[0]
        for path in of_kind(".py", below=f"{PACKAGE}/")
        if len(path.relative_to(PACKAGE).parts) > 1 and path.relative_to(PACKAGE).parts[1].removesuffix(".py") in rooms
    }
    return sorted(found)


def test_every_package_with_nouns_or_verbs_explains_itself_on_one_page():
    found = []
    for package in packages_with_rooms():
        readme = package / "README.md"
        if not (ROOT / readme).is_file():
            found.append(f"{readme} is missing")
        elif length(readme) >= README_LIMIT:
            found.append(f"{readme} has {length(readme)} lines")
    assert found == []


def test_every_folder_with_python_files_is_a_package_the_layer_contract_can_see():
    folders = {path.parent for path in of_kind(".py", below=f"{PACKAGE}/")}
    missing = sorted(str(f) for f in folders if not (ROOT / f / "__init__.py").is_file())
    assert missing == []


def test_no_default_argument_reads_the_clock():
    found = []
    for path in of_kind(".py"):
        for function in functions(tree(path)):
            defaults = [*function.args.defaults, *(d for d in function.args.kw_defaults if d)]
            found += [
                f"{path}:{node.lineno}"
                for default in defaults
                for node in ast.walk(default)
                if isinstance(node, ast.Call) and called_name(node) in READS_THE_CLOCK
            ]
    assert found == []


def test_rules_are_given_the_day_instead_of_asking_the_wall_clock():
    found = []
    for path in of_kind(".py", below=f"{PACKAGE}/"):
        if not RULE_ROOMS & set(path.relative_to(PACKAGE).with_suffix("").parts):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called_name(node) in READS_THE_CLOCK:
                owner = node.func.value if isinstance(node.func, ast.Attribute) else None
                last = getattr(owner, "attr", getattr(owner, "id", ""))
                if last in WALL_CLOCKS:
                    found.append(f"{path}:{node.lineno}")
    assert found == []


def catch_alls(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (function, line) of every handler for all exceptions that does not raise again at its end."""

    def visit(node: ast.AST, function: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.ExceptHandler):
                caught = child.type.elts if isinstance(child.type, ast.Tuple) else [child.type]
                everything = any(
                    c is None or (isinstance(c, ast.Name) and c.id in {"Exception", "BaseException"}) for c in caught
                )
                last = child.body[-1]
                if everything and not (isinstance(last, ast.Raise) and last.exc is None):
                    yield inside, child.lineno
            yield from visit(child, inside)

    yield from visit(tree(path), "")


def test_no_handler_hides_every_exception_without_a_written_reason():
    found, used = [], set()
    for path in of_kind(".py"):
        for function, line in catch_alls(path):
            key = (path.as_posix(), function)
            used.add(key)
            if key not in MAY_CATCH_ALL:
                found.append(f"{path}:{line} in {function or 'the module'}")
    assert found == []
    assert [key for key in MAY_CATCH_ALL if key not in used] == []
    assert [key for key, reason in MAY_CATCH_ALL.items() if len(reason) < 20] == []


def action_files() -> list[Path]:
    """Return the packages' verbs; core's own file is the mechanism behind them and holds no verb."""
    return [
        path
        for path in of_kind(".py", below=f"{PACKAGE}/")
        if "actions" in path.relative_to(PACKAGE).with_suffix("").parts[1:]
        and path.relative_to(PACKAGE).parts[0] != "core"
    ]


def action_faults(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    arguments, faults = function.args, []
    if arguments.posonlyargs or arguments.args or arguments.vararg:
        faults.append("takes positional arguments")
    named = [*arguments.kwonlyargs, *([arguments.kwarg] if arguments.kwarg else [])]
    faults += [f"does not type '{a.arg}'" for a in named if a.annotation is None]
    if function.returns is None:
        faults.append("does not type its answer")
    if not ast.get_docstring(function):
        faults.append("has no docstring")
    return faults


def test_every_action_is_keyword_only_typed_and_described():
    found = [
        f"{path}:{node.lineno} {node.name} {fault}"
        for path in action_files()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        for fault in action_faults(node)
    ]
    assert found == []


TEMPLATE_CODE = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\s(?:on[a-z]{3,}|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a script address": re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE),
}


def inline_faults(text: str) -> list[str]:
    # A template expression inside a tag must not hide the attribute that follows it.
    plain = TEMPLATE_CODE.sub("x", text)
    return [name for name, pattern in INLINE.items() if pattern.search(plain)]


def test_no_template_holds_inline_style_or_script():
    found = [
        f"{path}: {fault}"
        for path in of_kind(".html", below="src/")
        for fault in inline_faults((ROOT / path).read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('<p style="color:red">', ["a style attribute"]),
        ("<script>go()</script>", ["an inline script"]),
        ('<script src="{% static "a.js" %}" defer></script>', []),
        ('<a {% if x > 1 %}class="b"{% endif %} onclick="go()">', ["an event attribute"]),
        ('{% include "row.html" with only="x" online="y" %}', []),
        ('<button hx-on:click="go()">', ["an event attribute"]),
        ('<a href="javascript:go()">', ["a script address"]),
        ("<p>Ring on Friday, style counts</p>", []),
    ],
)
def test_the_search_for_inline_code_sees_what_it_should(text, faults):
    assert inline_faults(text) == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('def give(*, hours: int) -> None:\n    "Gives."', 0),
        ('def give(hours: int) -> None:\n    "Gives."', 1),
        ("def give(*, hours):\n    pass", 3),
        ('def give(*, hours: int, **rest) -> None:\n    "Gives."', 1),
    ],
)
def test_the_search_for_loose_actions_sees_what_it_should(source, faults):
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert len(action_faults(function)) == faults

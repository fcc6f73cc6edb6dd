"""Rules of the checkout that no other tool watches."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from jobformidler.config.cluster_sql import bootstrap_sql

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_the_layer_contract_covers_every_package() -> None:
    (contract,) = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert contract["type"] == "layers"
    assert contract["exhaustive"]
    assert contract["exhaustive_ignores"] == ["__main__"]


def test_locks_name_no_index_and_pin_every_package_with_hashes() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "X" * 3])
def test_nothing_is_left_to_do_in_a_comment(word: str) -> None:
    files = tracked("src/*.py", "src/*.html", "src/*.js", "src/*.css", "tests/*.py")
    marked = [str(path) for path in files if re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"))]
    assert marked == []


def test_the_sql_for_an_existing_server_is_what_the_private_one_gets() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    missing = [line for line in bootstrap_sql().splitlines() if line not in manual]
    assert missing == []

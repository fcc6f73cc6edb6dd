"""The search for secrets finds what it should, and nothing in the project."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Joined here so that this file itself stays clean.
SECRETS = [
    "-----BEGIN RSA PRIV" + "ATE KEY-----",
    "-----BEGIN PRIV" + "ATE KEY-----",
    "AKI" + "AIOSFODNN7EXAMPLE",
    "ghp" + "_16C7e42F292c6912E7710c838347Ae178B4a",
    "glpat" + "-abcdefghij0123456789",
    "xoxb" + "-1234567890-abcdefghijkl",
    "sk_live" + "_4eC39HqLyjWDarjtT1zdp7dc",
    "eyJhbGciOiJIUzI1NiIsInR5" + "cCI6.eyJzdWIiOiIxMjM0NTY3ODkwIiw.SflKxwRJSMeKKF2QT4fwpMeJf36POk6y",
    "postgresql://jf_web:" + "correct-horse-battery" + "@db.example/jobformidler",
    '"hash_key": "' + "A" * 43 + '="',
    "CLIENT_SEC" + "RET = 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0'",
    'api_k' + 'ey: "0123456789abcdef0123456789abcdef"',
]  # fmt: skip
HARMLESS = [
    'SECRET_KEY = os.environ.get("JOBFORMIDLER_SECRET_KEY")',
    "postgresql://jf_web@/jobformidler?host=/run/postgresql",
    "https://example.org:8443/path@2",
    'password = "short"',
    "token_hash = models.BinaryField(max_length=32)",
]


def search(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "bin" / "secrets", folder], capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path):
    """Makes a checkout that tracks one file with this text."""

    def make(text: str) -> Path:
        (tmp_path / "settings.py").write_text(f"before\n{text}\nafter\n", encoding="utf-8")
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
        subprocess.run(["git", "add", "settings.py"], cwd=tmp_path, check=True)
        return tmp_path

    return make


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_found_and_its_line_is_told(checkout, text):
    done = search(checkout(text))
    assert done.returncode == 1
    assert "settings.py:2:" in done.stdout


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_one_is_not(checkout, text):
    assert search(checkout(text)).returncode == 0


def test_the_project_holds_none():
    done = search(ROOT)
    assert done.returncode == 0, done.stdout


def test_the_check_runs_the_search():
    assert "bin/secrets" in (ROOT / "bin" / "check").read_text(encoding="utf-8")

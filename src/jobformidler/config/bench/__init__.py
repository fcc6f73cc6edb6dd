"""Measurements of `jobformidler bench`: each writes `var/bench/<name>.json` and says whether its aims are met."""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

#: name → what it measures. Each is a module here with `run() -> dict` and, if it has aims, `missed(result) -> list[str]`.
BENCHES = {
    "pages": "the ten main pages on the small and the large demo",
    "ingest": "a million periods against a bare COPY",
    "law": "right and duty of a million people against reading their bytes, numpy and plain Python",
}

#: Those that run without a database.
WITHOUT_DATABASE = {"law"}


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    found = argparse.ArgumentParser(
        prog="jobformidler bench",
        description="Measure, write var/bench/NAME.json, and say what misses its aim.",
        epilog=" · ".join(f"{name}: {what}" for name, what in BENCHES.items())
        + ". Exit codes: 0 every aim met, 1 measured but an aim missed.",
    )
    found.add_argument("names", nargs="*", metavar="NAME", choices=[*BENCHES, []], help="what to measure; default: all")
    found.add_argument("--persons", type=int, metavar="N", help="people for law; default: a million")
    found.add_argument("--json", action="store_true", help="print one JSON object")
    return found


def main(options: argparse.Namespace, folder: Path) -> int:
    """Run the benches of the parsed options and write their results into the folder. Django is set up if any needs it.

    Returns 0, or 1 when an aim is missed.
    """
    results: dict[str, Any] = {}
    missed: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    for name in options.names or BENCHES:
        module = import_module(f"jobformidler.config.bench.{name}")
        if not options.json:
            print(f"{name}: {BENCHES[name]}", flush=True)
        results[name] = result = module.run(options.persons) if name == "law" and options.persons else module.run()
        (folder / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
        if hasattr(module, "missed"):
            missed += module.missed(result)
        if not options.json:
            print("\n".join(module.lines(result)) if hasattr(module, "lines") else json.dumps(result), flush=True)
    if options.json:
        print(json.dumps({**results, "missed": missed}, ensure_ascii=False))
    else:
        print("\n".join(missed) or "Every aim is met.")
    sys.stdout.flush()
    return 1 if missed else 0

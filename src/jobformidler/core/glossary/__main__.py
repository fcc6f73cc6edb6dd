"""Write ``docs/glossary.md`` from the glossary's data: ``python -m jobformidler.core.glossary``."""

from pathlib import Path

from jobformidler.core.coverage import project_root
from jobformidler.core.glossary import as_markdown, terms

DOCUMENT = Path("docs/glossary.md")


def main() -> None:
    """Write the document in the project this program belongs to and say what was written."""
    (project_root() / DOCUMENT).write_text(as_markdown(), encoding="utf-8")
    print(f"{DOCUMENT}: {len(terms())} terms")


if __name__ == "__main__":
    main()

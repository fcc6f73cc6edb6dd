"""The field's words are whole, worded as the product speaks, and the document is current."""

import re
from collections import Counter
from pathlib import Path

import pytest

from jobformidler.core import glossary

ROOT = Path(__file__).resolve().parents[2]

# Words the product does not use in its own text.
AVOIDED = re.compile(r"jobcent|\budsat|\bsvag|\btung|aktivering|udplacer|placering|nederlag|diagnose|!", re.IGNORECASE)


def test_the_glossary_document_is_current():
    written = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    assert written == glossary.as_markdown(), "run python -m jobformidler.core.glossary"


def test_the_words_of_the_catalogue_and_of_the_product_are_there():
    codes = {term.code for term in glossary.terms()}
    assert len(glossary.terms()) >= 94
    assert codes >= {
        "jobformidler", "tandem", "ordinary_hours", "placement", "work_agreement", "agreement_version",
        "ladder", "ladder_step", "attention", "relation", "delivery", "quarantine", "enquiry", "rhythm",
        "promise", "transfer_receipt", "vitas_number", "chain_step", "signing_link", "one_time_code",
    }  # fmt: skip


def test_no_word_and_no_code_stands_twice():
    for values in ([t.danish for t in glossary.terms()], [t.code for t in glossary.terms()]):
        assert [value for value, n in Counter(values).items() if n > 1] == []


def test_every_area_has_words():
    assert [area for area, found in glossary.by_area().items() if not found] == []


def test_codes_can_stand_in_code():
    names = [name for term in glossary.terms() for name in term.code.split(" / ")]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


def test_danish_definitions_are_one_plain_sentence():
    for term in glossary.terms():
        assert not AVOIDED.search(term.definition_da), term.danish
        assert term.definition_da.endswith("."), term.danish
        assert len(term.definition_da) <= 140, term.danish
        assert ". " not in term.definition_da, term.danish


@pytest.mark.parametrize(
    "content",
    [
        "danish,code\n",
        "danish,code,definition_en,definition_da,area\nborger,citizen,person,,people\n",
        "danish,code,definition_en,definition_da,area\nborger,citizen,person,En person.,moon\n",
    ],
)
def test_a_torn_glossary_is_refused(tmp_path, monkeypatch, content):
    torn = tmp_path / "glossary.csv"
    torn.write_text(content, encoding="utf-8")
    monkeypatch.setattr(glossary, "SOURCE", torn)
    with pytest.raises(glossary.GlossaryError, match=r"glossary\.csv"):
        glossary.terms.__wrapped__()

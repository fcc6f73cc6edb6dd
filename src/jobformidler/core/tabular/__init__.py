"""Reading and checking of register files: pure, columnar, without database. See docs/ingest.md."""

from jobformidler.core.tabular.mapping import Proposal, propose
from jobformidler.core.tabular.quarantine import neutralise, write_quarantine
from jobformidler.core.tabular.reader import open_table
from jobformidler.core.tabular.reasons import FileError, Reason, sentence
from jobformidler.core.tabular.result import Problem, Result, read_all, read_table
from jobformidler.core.tabular.spec import Column, Context, Spec
from jobformidler.core.tabular.specs import CITIZENS, EMPLOYERS, PLACES, SPECS, SPELLS, VISITATIONS
from jobformidler.core.tabular.table import Table

__all__ = [
    "CITIZENS",
    "EMPLOYERS",
    "PLACES",
    "SPECS",
    "SPELLS",
    "VISITATIONS",
    "Column",
    "Context",
    "FileError",
    "Problem",
    "Proposal",
    "Reason",
    "Result",
    "Spec",
    "Table",
    "neutralise",
    "open_table",
    "propose",
    "read_all",
    "read_table",
    "sentence",
    "write_quarantine",
]

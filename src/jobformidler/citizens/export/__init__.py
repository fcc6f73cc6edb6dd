"""A copy of everything held about a citizen: one machine-readable file and one to read, in a zip."""

from jobformidler.citizens.export.making import pack
from jobformidler.citizens.export.reading import Table, tables

__all__ = ["Table", "pack", "tables"]

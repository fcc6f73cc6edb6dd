"""How long data is kept: what happens to every column, the rules per type of data, the dry run and the run itself."""

from jobformidler.core.retention.rules import DataType, Found, register_type
from jobformidler.core.retention.table import Fate, classify, personal_columns

__all__ = ["DataType", "Fate", "Found", "classify", "personal_columns", "register_type"]

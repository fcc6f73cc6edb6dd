"""Register files into the database: staging by COPY, set-based upsert, encrypted quarantine. See docs/ingest.md."""

from jobformidler.core.ingest.loader import LOADERS, Job, Loader, fit, register_loader
from jobformidler.core.ingest.reading import Counts, Outcome, read_file
from jobformidler.core.ingest.staging import Staging
from jobformidler.core.ingest.upsert import Upsert

__all__ = [
    "LOADERS",
    "Counts",
    "Job",
    "Loader",
    "Outcome",
    "Staging",
    "Upsert",
    "fit",
    "read_file",
    "register_loader",
]

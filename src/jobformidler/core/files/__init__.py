"""Files people hand in: looked at before they are kept, encrypted on disk, told of by one row each.

`take` looks and keeps, `read` gives the clear bytes in chunks, `discard` removes. The bytes lie under random names in
`var/files`, outside everything the web server serves; the key of each file stands encrypted in its row, so that a
change of keys touches rows alone and a removed row leaves nothing that could be read. Source: GOV-08, ADR 0016.
"""

from jobformidler.core.files.kinds import ALLOWED, BadFileError, safe_name
from jobformidler.core.files.rows import HoldsFile, discard, orphans, read, take

__all__ = ["ALLOWED", "BadFileError", "HoldsFile", "discard", "orphans", "read", "safe_name", "take"]

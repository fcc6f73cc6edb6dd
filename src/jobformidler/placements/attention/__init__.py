"""What placements put on the work lists, as sentences. Each source is set-based.

No row depends on the time of day: it carries the moment it begins to show, and goes when the fact behind it goes.
"""

from jobformidler.placements.attention import agreements, progress

__all__ = ["agreements", "progress"]

"""CPR numbers that stand where nobody expects them: in a file's name, as a header, in a column of another kind."""

import re

_LIKE_CPR = re.compile(r"(?<!\d)(\d{6})[- ]?\d{4}(?!\d)")


def hide_cpr(text: str) -> str:
    """The text with the last four digits of whatever looks like a CPR number taken out."""
    return _LIKE_CPR.sub(r"\1-xxxx", text)


def holds_cpr(text: str) -> bool:
    """Whether something in the text looks like a CPR number."""
    return _LIKE_CPR.search(text) is not None

"""What a message may show on the outside: a fixed subject for each kind, and whose names it may not hold.

A subject has no placeholder, so no name, benefit or topic can come into one. Whoever adds a message adds its line here.
The package that knows the citizens says how to find their names.
"""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Kind of message → the subjects it may carry, word for word.
SUBJECTS: dict[str, tuple[str | Promise, ...]] = {
    "placement_sign": (_("Something for you to read and sign"),),
    "placement_card": (_("Something for you to read"),),
    "placement_hours": (_("Was the week as planned?"),),
    "placement_code": (_("Your code"),),
    "cover": (_("Who you can call for a while"),),
    "enquiry_receipt": (_("We have received your message"),),
    "enquiry_answer": (_("Answer to your message"),),
    "own_pages": (_("Your own pages are ready"),),
    "new_password": (_("Choose a new password"),),
    "emergency": (_("Emergency access was opened"), _("An emergency access was not right")),
}


#: Kinds that may be sent as a text message too; their whole text stands open.
BY_PHONE = frozenset({"placement_sign", "placement_card", "placement_hours", "placement_code"})


def is_known(kind: str, subject: str) -> bool:
    """Whether this is a subject the kind of message carries."""
    return subject in {str(known) for known in SUBJECTS.get(kind, ())}


_find: list[Callable[[int], Sequence[str]]] = []


def register_names(find: Callable[[int], Sequence[str]]) -> Callable[[int], Sequence[str]]:
    """Decorator: `find(citizen_id)` gives the names of a citizen. Registered once, at start."""
    _find.append(find)
    return find


def names_of(citizen_id: int | None) -> list[str]:
    """All names of the citizen a mail is about; none when it is about nobody."""
    if citizen_id is None:
        return []
    return [name for find in _find for name in find(citizen_id)]

"""The pages of "Min side". A NEW PAGE NEEDS ONE LINE in ROOMS: its name, its URL name, one line of what it is.

A line whose address does not exist yet is not shown, neither in the menu nor on the first page. Views of these pages
carry the guard `own_page` and get the citizen.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Room:
    """One page: what it is called, its URL name, what one finds there. `menu`: it stands in the main menu too."""

    label: str | Promise
    name: str
    about: str | Promise = ""
    icon: str = "document"
    menu: bool = True


ROOMS = (
    Room(_("My page"), "me", icon="home"),
    Room(_("My plan"), "my_plan", _("What you want, and the steps on the way."), "flag"),
    Room(_("My work"), "my_work", _("Your hours and what comes next."), "analytics"),
    Room(_("My CV"), "my_cv", _("What you can and have done."), "person"),
    Room(pgettext_lazy("citizen", "My agreements"), "my_agreements", _("What you have agreed with a workplace.")),
    Room(_("My rights"), "my_rights", _("What you can say yes and no to, and how to complain."), "info"),
    Room(_("Write to us"), "write_to_us", _("Ask something, or tell us something."), "email"),
    Room(
        _("What is shared about me"),
        "my_sharing",
        _("What others may read about you, and how you stop it."),
        "lock",
        menu=False,
    ),
    Room(
        _("Who may see my case"), "my_viewers", _("Who works with you, and why they may look."), "persons", menu=False
    ),
    Room(_("Who has seen my case"), "my_access", _("Who has opened your pages, and when."), "visibility", menu=False),
)

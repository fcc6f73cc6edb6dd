"""The pages of the access log in plain words, as a citizen reads them."""

from django.utils.translation import gettext as _


def page_words(page: str) -> str:
    """The page of a look in words. The part after a colon says what was done there; an unknown page is said generally."""
    names = {
        "now": _("Now"),
        "timeline": _("Timeline"),
        "cv": _("CV"),
        "plan": _("Plan"),
        "from the citizen": _("What the citizen wrote"),
        "next step": _("Plan"),
        "placements": _("Placements"),
        "new placement": _("Placements"),
        "end placement": _("Placements"),
        "people": _("People"),
        "rights": _("Rights and deadlines"),
        "right and duty": _("Rights and deadlines"),
        "documents": _("Documents"),
        "conversation": _("Conversation"),
        "taster visit": _("Conversation"),
        "contact": _("Contact"),
        "follow-up": _("Follow-up"),
        "incident": _("Attendance"),
        "appointment": _("Appointments"),
        "note": _("Note"),
        "promise": _("Promises"),
        "rhythm": _("Rhythm of contact"),
        "resources": _("Resources"),
        "consideration": _("What must be taken into account"),
        "enquiry": _("Message"),
        "citizen": _("Contact data"),
        "card": _("Card for the citizen"),
        "sharing": _("Sharing"),
        "my sharing": _("What is shared about me"),
        "disclosure card": _("Disclosure card"),
        "shared plan": _("Shared plan"),
        "story": _("Success story"),
        "agreement": _("Work agreement"),
        "hours": _("Hours"),
        "find a place": _("Find a place"),
        "propose a place": _("Find a place"),
        "transfer": _("Transfer to the case system"),
        "decision": _("Decision"),
        "search": _("Search on CPR number"),
        "export": _("Taken out in a file"),
        "emergency": _("Emergency access"),
        "access log": _("Access log"),
        "api": _("Read by another system"),
        "me": _("My page"),
    }
    return names.get(page.split(":")[0], _("Other pages of the case"))

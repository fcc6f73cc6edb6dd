"""What the mails say: each function gives (subject, body). Subjects tell neither who nor what it is about.

Dates come as words of the reader's language; the sender's direct number and e-mail stand in every
mail (CON-07).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Sender:
    """Who the mail is from, with a direct number."""

    name: str
    phone: str
    email: str
    municipality: str

    def closing(self) -> str:
        """The lines under the text."""
        contact = ", ".join(part for part in (self.phone, self.email) if part)
        lines = [_("Kind regards"), self.name, self.municipality, contact]
        return "\n".join(line for line in lines if line)


def _letter(greeting: str, *paragraphs: str, sender: Sender) -> str:
    return "\n\n".join([greeting, *paragraphs, sender.closing()]) + "\n"


def _hello(name: str) -> str:
    first = name.split(" ")[0]
    return _("Hi %(name)s.") % {"name": first} if first else _("Hello.")


def signing_link(*, name: str, url: str, until: str, sender: Sender) -> tuple[str, str]:
    """A link to read and confirm a work agreement. `until`: the last day in words."""
    subject = _("Something for you to read and sign")
    body = _letter(
        _hello(name),
        _("We have something ready for you to read and confirm. Open it here:"),
        url,
        _("You get a code by mail when you open the link. The link is open until %(until)s.") % {"until": until},
        _("Is something wrong, or would you rather talk about it? Call or write to me."),
        sender=sender,
    )
    return subject, body


def card_link(*, name: str, url: str, until: str, sender: Sender) -> tuple[str, str]:
    """A link to read a disclosure card. `until`: the last day in words."""
    subject = _("Something for you to read")
    body = _letter(
        _hello(name),
        _("We have something ready for you to read before we meet. Open it here:"),
        url,
        _("You get a code by mail when you open the link. The link is open until %(until)s.") % {"until": until},
        _("What stands there is for you alone. Call or write to me if you want to talk about it."),
        sender=sender,
    )
    return subject, body


def one_time_code(*, name: str, code: str, minutes: int, sender: Sender) -> tuple[str, str]:
    """The code that opens a signed link."""
    subject = _("Your code")
    body = _letter(
        _hello(name),
        _("Your code is %(code)s. It is good for %(minutes)s minutes.") % {"code": code, "minutes": minutes},
        _("Did you not ask for a code? Then you need not do anything."),
        sender=sender,
    )
    return subject, body


def link_sms(*, purpose: str, url: str, phone: str, municipality: str) -> str:
    """The same link as a text message: neither whom nor what it is about. `purpose` as of the link."""
    said = {
        "sign": _("There is something for you to read and sign: %(url)s"),
        "card": _("There is something for you to read: %(url)s"),
        "hours": _("Was the week as planned? Tap here: %(url)s"),
    }[purpose] % {"url": url}
    return "\n".join(filter(None, (said, f"{municipality}, {phone}".removesuffix(", "))))


def code_sms(*, code: str, minutes: int) -> str:
    """The code that opens a signed link, as a text message."""
    return _("Your code is %(code)s. It is good for %(minutes)s minutes.") % {"code": code, "minutes": minutes}


def hours_reminder(*, name: str, url: str, sender: Sender, answer_by: str = "") -> tuple[str, str]:
    """Ask a workplace about the week's hours. `answer_by`: until when a call for help is answered, in words."""
    subject = _("Was the week as planned?")
    help_now = _("Need help? Call or write to me.")
    if answer_by and sender.name:
        first = sender.name.split(" ")[0]
        help_now = _("Need help? %(name)s answers no later than %(when)s.") % {"name": first, "when": answer_by}
    body = _letter(
        _hello(name),
        _("Was the week as planned? Tap here to say so, or to correct the hours:"),
        url,
        help_now,
        sender=sender,
    )
    return subject, body


def cover(
    *, name: str, absent: str, who: str, phone: str, email: str, since: str, until: str, sender: Sender
) -> tuple[str, str]:
    """Tell a citizen who steps in for the jobformidler `absent`. `since`, `until`: first and last day in words (JF-15)."""
    subject = _("Who you can call for a while")
    values = {"who": who, "absent": absent, "since": since, "until": until}
    if absent:
        text = _("%(who)s steps in for %(absent)s from %(since)s to %(until)s.") % values
    else:
        text = _("%(who)s is there for you from %(since)s to %(until)s.") % values
    reach = ", ".join(part for part in (phone, email) if part)
    direct = [_("You reach %(who)s directly: %(reach)s.") % {"who": who, "reach": reach}] if reach else []
    body = _letter(_hello(name), text, *direct, _("What we have agreed stands."), sender=sender)
    return subject, body


def own_pages(*, name: str, url: str, days: int, sender: Sender) -> tuple[str, str]:
    """A link with which a citizen chooses a password for the own pages. `days`: how long it opens."""
    subject = _("Your own pages are ready")
    body = _letter(
        _hello(name),
        _("You can now see your own pages with us. Choose a password here:"),
        url,
        _("The link opens for %(days)s days. After that you log in with your e-mail and the password.")
        % {"days": days},
        _("You decide yourself whether you want to use the pages. Call us if you would rather talk."),
        sender=sender,
    )
    return subject, body


def new_password(*, name: str, url: str, sender: Sender) -> tuple[str, str]:
    """A link to choose a new password."""
    subject = _("Choose a new password")
    body = _letter(
        _hello(name),
        _("Open the link and choose a new password. It works once, and for an hour:"),
        url,
        _("Did you not ask for it? Then you need not do anything. Your password stays as it is."),
        sender=sender,
    )
    return subject, body


def emergency_opened(*, name: str, who: str, url: str, protected: bool, sender: Sender) -> tuple[str, str]:
    """Tell leader and security officer that `who` has opened somebody's pages in an emergency."""
    subject = _("Emergency access was opened")
    flag = [_("The citizen has name and address protection.")] if protected else []
    body = _letter(
        _hello(name),
        _("%(who)s has opened a citizen's pages in an emergency. You read why here:") % {"who": who},
        url,
        *flag,
        sender=sender,
    )
    return subject, body


def emergency_not_right(*, name: str, who: str, url: str, protected: bool, sender: Sender) -> tuple[str, str]:
    """Tell the security officer that a leader found an emergency access wrong."""
    subject = _("An emergency access was not right")
    flag = [_("The citizen has name and address protection.")] if protected else []
    body = _letter(
        _hello(name),
        _("The leader has looked at the emergency access of %(who)s and says that it was not right:") % {"who": who},
        url,
        *flag,
        sender=sender,
    )
    return subject, body

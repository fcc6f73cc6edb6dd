"""Where an answer goes."""

from jobformidler.casework.enums import Part
from jobformidler.casework.models import Enquiry


def known_email(enquiry: Enquiry) -> str:
    """The e-mail an answer goes to, as the register has it now; empty when none is known."""
    if enquiry.sender == Part.CITIZEN:
        return enquiry.case.citizen.email
    if enquiry.sender == Part.EMPLOYER and enquiry.workplace:
        return enquiry.workplace.email
    return ""

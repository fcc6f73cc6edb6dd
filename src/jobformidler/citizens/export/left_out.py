"""What a copy leaves out, and why: the completeness test accepts nothing else.

The reason is printed in the copy. The law behind: the right of access does not reach what would harm others (article
15(4) of the General Data Protection Regulation; section 22 of the Danish Data Protection Act).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: app.Model → why none of its rows is in the copy.
TABLES: dict[str, str | Promise] = {
    "core.HandledEvent": _("technical: which part of the program has read an event"),
    "core.FailedHandler": _("technical: which part of the program failed"),
    "casework.Attention": _("the employees' work list, made from the other tables every time one of them changes"),
    "casework.AppointmentUser": _("which employees were invited; the appointment itself is here"),
    "placements.SignedLink": _("secrets of links; that they were sent stands under what has happened"),
    "citizens.DataExport": _("the copies themselves"),
    "citizens.SealedLook": _("technical: the seal over the log of who has seen the case, which is here"),
    "citizens.AccessAlert": _("the municipality's control of its employees"),
}
#: Columns no copy shows: keys, secrets of the program and marks of versions.
TECHNICAL = frozenset(
    {
        "municipality_id",
        "version",
        "cpr_hash",
        "search",
        "digest",
        "event_id",
        "citizen_id",
        "is_demo",
        "file_key",
        "stored_as",
    }
)
#: app.Model.column → why it is withheld: others' names.
COLUMNS: dict[str, str | Promise] = {
    "casework.Incident.reporter": _("who reported it: regard for others"),
    "messaging.OutgoingMail.to": _("the address of the receiver, who may be somebody else"),
    "messaging.Letter.pdf": _("the letters are files of their own in the copy"),
}

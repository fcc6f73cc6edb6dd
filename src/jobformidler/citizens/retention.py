"""What happens to a citizen's own data: the person goes, the year of birth and the dates of work stay."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.retention import classify

OF = "withdrawn_at withdrawn_by_id citizen_id by_id author registered_on"
TEXT = "texts go; kinds and dates are the statistics"

classify(
    "citizens.Citizen",
    title=_("The citizen"),
    keep="municipality_code benefit benefit_from unit_id protected_address search",
    anonymise="cpr cpr_hash=random birth_date=year first_name=name last_name preferred_name address postal_code city"
    " phone email",
    why="the search column follows the name by itself",
)
classify(
    "citizens.Relation",
    title=_("Who may see the case"),
    keep="citizen_id user_id unit_id organisation_id kind powers period event_id expires_at",
    why="who had access and when",
)
classify(
    "citizens.AccessLog",
    title=_("Who has seen the case"),
    keep="citizen_id user_id user_label role unit_id at page relation outcome",
    why="proof of who looked; names employees and pages, never what was read. Sealed, so it is kept whole",
)
classify(
    "citizens.Competence",
    title=_("Competences"),
    keep=f"{OF} origin kind",
    anonymise="withdrawn_reason text tasks",
    why=TEXT,
)
classify(
    "citizens.Consideration",
    title=_("What must be taken into account"),
    keep=f"{OF} category code importance",
    anonymise="withdrawn_reason text",
    why=TEXT,
)
classify(
    "citizens.TaskAbility",
    title=_("Tasks the citizen can do"),
    keep=f"{OF} ability",
    anonymise="withdrawn_reason text",
    why=TEXT,
)
classify(
    "citizens.Impairment",
    title=_("What an impairment means for the work"),
    keep=OF,
    anonymise="withdrawn_reason meaning options diagnosis",
    why=TEXT,
)
classify("citizens.Wish", title=_("Wishes"), keep=OF, anonymise="withdrawn_reason text", why=TEXT)
classify(
    "citizens.CV",
    title=_("CV"),
    keep=f"{OF} transferred_on kind started_on updated_on",
    anonymise="withdrawn_reason transfer_receipt summary",
    why=TEXT,
)
classify(
    "citizens.CorrectionRequest",
    title=_("Requests for correction"),
    keep="citizen_id by_id asked_at from_citizen status answered_at answered_by_id",
    anonymise="what why answer note",
    why=TEXT,
)
classify(
    "citizens.Restriction",
    title=_("Restrictions"),
    keep="citizen_id by_id uses since lifted_on lifted_by_id",
    anonymise="reason lifted_reason",
    why=TEXT,
)
classify(
    "citizens.LegalHold",
    title=_("Legal holds"),
    keep="citizen_id by_id since lifted_on lifted_by_id",
    anonymise="reason lifted_reason",
    why=TEXT,
)
classify("citizens.DataExport", title=_("Copies of everything"), rows="delete", why="kept for some days only")
classify(
    "citizens.Anonymisation",
    title=_("Anonymised"),
    keep="citizen_id at rule counts",
    why="that it was done, and how much",
)
classify(
    "citizens.Consent",
    title=_("What the citizen has said yes and no to"),
    keep="receiver workplace_id organisation_id user_id citizen_id field consideration_id purpose legal_basis answer how"
    " answered_on expires_on withdrawn_at withdrawn_how withdrawn_by_id by_id",
    anonymise="receiver_name basis_note",
    why=TEXT,
)
classify(
    "citizens.Disclosure",
    title=_("What was shared"),
    keep="receiver workplace_id organisation_id user_id citizen_id channel purpose fields subject_id shared_at read_at"
    " by_id",
    anonymise="receiver_name text",
    why=TEXT,
)

SEAL = "the seal over the log: digests and keys, no names"
classify(
    "citizens.AccessSeal",
    keep="number previous rows_digest digest count first_id last_id key_id sealed_at",
    why=SEAL,
)
classify("citizens.SealedLook", keep="log_id seal_id digest", why=SEAL)
classify(
    "citizens.EmergencyAccess",
    title=_("Emergency access"),
    keep="citizen_id user_id unit_id relation_id reason_kind protected opened_at expires_at ended_at review reviewed_by_id"
    " reviewed_at",
    anonymise="reason review_note",
    why="who opened the pages in an emergency, and when",
)
classify(
    "citizens.AccessAlert",
    keep="kind user_id citizen_id day hour first_at last_at count limit state handled_by_id handled_at",
    anonymise="note",
    why="proof that unusual looks were followed up",
)
classify("citizens.AuditPolicy", keep="volume_hour volume_day emergency_hours", why="settings; about nobody")
classify("citizens.StaffPrivacy", keep="user_id name_hidden", why="which employee's name citizens do not read")
classify(
    "citizens.StaffHome",
    rows="delete",
    why="an employee's own address, for one purpose; it goes when the login is stopped, never with a citizen",
)

# ruff: noqa: S608  # expressions are made of constants of this module
"""What a copy of the demo does not share with the original: names, numbers, addresses, and everything sealed or signed.

Expressions are SQL over a row `b` of the original; `{k}` is the number of the copy, `{register}` whether it holds only
what is shared or over, `{off:app.Model}` what its keys are moved by. Values that SQL cannot make (sealed, checked,
signed) are made in Python and joined as `o`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from django.db import models

from jobformidler.citizens.models import Citizen
from jobformidler.core.crypto import keyed_hash, seal
from jobformidler.demo import files, firms, names, setting
from jobformidler.employers.models import Employer
from jobformidler.placements import agreement
from jobformidler.placements.models import AgreementVersion

Offsets = Mapping[type[models.Model], int]
#: Steps through the list of surnames from one copy to the next.
STRIDE = 37
#: What the copies of the firms of the tour are called, with a plant of their own.
_TRADES = {
    firms.TRAELAST.name: "Trælasten {} ApS",
    firms.SOLKROGEN.name: "Plejecenter {}",
    firms.HOTEL.name: "Hotel {} A/S",
}

_PERSON = (
    "coalesce((select split_part({0}, ' ', 1) || ' ' || r.new from jf_renamed r"
    " where r.old = split_part({0}, ' ', 2)), {0})"
)
_FIRM = (
    "coalesce((select r.new from jf_renamed r where r.old = b.name),"
    " (select replace(b.name, r.old, r.new) from jf_renamed r where r.old = split_part(b.name, ' ', 2)), b.name)"
)
_AT_WORKPLACE = (
    "case when b.workplace_id is null then {0} else replace({0},"
    " (select name from employers_workplace where id = b.workplace_id),"
    " (select name from employers_workplace where id = b.workplace_id + {{off:employers.Workplace}})) end"
)
_MAIL = "replace(b.email, '@', '{k}@')"
_PAYLOAD = (
    "b.payload"
    " || case when b.payload ? 'workplace' and b.workplace_id is not null then jsonb_build_object('workplace',"
    " (select name from employers_workplace where id = b.workplace_id + {off:employers.Workplace})) else '{{}}' end"
    " || case when b.payload ? 'user_id' then jsonb_build_object("
    "'user_id', (b.payload->>'user_id')::bigint + {off:accounts.User}, 'user',"
    " (select name from accounts_user where id = (b.payload->>'user_id')::bigint + {off:accounts.User})) else '{{}}' end"
    " || case when b.payload ? 'placement' then jsonb_build_object('placement',"
    " (b.payload->>'placement')::bigint + {off:placements.Placement}) else '{{}}' end"
    " || case when b.payload ? 'step' then jsonb_build_object('step',"
    " (b.payload->>'step')::bigint + {off:placements.LadderStep}) else '{{}}' end"
    " || case when b.payload ? 'note_id' then jsonb_build_object('note_id',"
    " (b.payload->>'note_id')::bigint + {off:casework.JournalNote}) else '{{}}' end"
    + "".join(
        f" || case when jsonb_typeof(b.payload->'{key}') = 'array' then jsonb_build_object('{key}', (select"
        " coalesce(jsonb_agg(x::bigint + {off:accounts.User}), '[]')"
        f" from jsonb_array_elements_text(b.payload->'{key}') x)) else '{{{{}}}}' end"
        for key in ("follows", "users")
    )
)

#: (model, column) → expression of the copy's value.
COLUMNS: dict[tuple[str, str], str] = {
    ("accounts.User", "email"): _MAIL,
    ("accounts.User", "name"): _PERSON.format("b.name"),
    ("accounts.Unit", "name"): "b.name || ' ' || ({k} + 1)",
    ("citizens.Citizen", "cpr"): "o.cpr",
    ("citizens.Citizen", "cpr_hash"): "o.cpr_hash",
    (
        "citizens.Citizen",
        "last_name",
    ): "coalesce((select r.new from jf_renamed r where r.old = b.last_name), b.last_name)",
    ("citizens.Citizen", "email"): _MAIL,
    ("employers.Employer", "cvr"): "o.cvr",
    ("employers.Employer", "name"): _FIRM,
    ("employers.Workplace", "p_number"): "(b.p_number::bigint + {k} * 1000)::text",
    ("employers.Workplace", "name"): _FIRM,
    ("employers.Workplace", "email"): _MAIL,
    ("employers.ContactPerson", "name"): _PERSON.format("b.name"),
    ("employers.ContactPerson", "email"): _MAIL,
    # Firms beyond those of the full copies are known, but have no open places now.
    ("openings.Place", "closed_on"): "case when {register} then coalesce(b.closed_on, b.confirmed_on + 1)"
    " else b.closed_on end",
    ("casework.Case", "number"): "left(b.number, 3) || lpad((substr(b.number, 4)::int + {k} * 1000)::text, 5, '0')",
    ("casework.Contact", "place"): _AT_WORKPLACE.format("b.place"),
    ("casework.Appointment", "what"): _AT_WORKPLACE.format("b.what"),
    ("casework.Participant", "name"): _PERSON.format("b.name"),
    ("casework.Enquiry", "sender_name"): _PERSON.format("b.sender_name"),
    ("placements.Placement", "vitas_number"): "case when b.vitas_number = '' then '' else b.vitas_number || '-{k}' end",
    ("placements.AgreementVersion", "content"): "o.content",
    ("placements.AgreementVersion", "digest"): "case when b.digest = '' then '' else o.digest end",
    ("placements.Confirmation", "name"): _PERSON.format("b.name"),
    ("placements.Confirmation", "digest"): "case when b.digest = '' then '' else (select v.digest"
    " from placements_agreementversion v where v.id = b.version_id + {off:placements.AgreementVersion}) end",
    ("core.Event", "payload"): _PAYLOAD,
}


def renamed(copy: int) -> dict[str, str]:
    """Old word → new word for every surname, and old name → new name of the firms of the tour."""
    plants = names.SURNAMES
    step = STRIDE * copy
    known = {plant: plants[(number + step) % len(plants)] for number, plant in enumerate(plants)}
    people = [person[0] for person in setting.STAFF] + [contact[0] for contact in firms.CONTACTS.values()]
    others = [name.split(" ")[1] for name in people] + [person[1] for person in files.PERSONAS.values()]
    for number, word in enumerate(sorted({*others, "Skovsiv"} - known.keys())):
        known[word] = plants[(number * 11 + step) % len(plants)]
    for number, (name, pattern) in enumerate(_TRADES.items()):
        known[name] = pattern.format(plants[(number * 101 + step) % len(plants)])
    return known


def _citizens(rows: "models.QuerySet", copy: int, _offsets: Offsets) -> Iterator[tuple]:
    """Number within the birth date + 10 for each copy: still day + 60, still nobody's."""
    field = f"{Citizen._meta.label_lower}.cpr"
    for pk, cpr in rows.values_list("pk", "cpr").order_by("pk"):
        number = int(cpr[6:]) + 10 * copy
        assert int(cpr[6:]) % 1000 < 10, "too many were born on one day"
        new = f"{cpr[:6]}{number:04d}"
        yield pk, seal(new, field), keyed_hash(new)


def _employers(rows: "models.QuerySet", copy: int, _offsets: Offsets) -> Iterator[tuple]:
    """The next numbers of the unissued series that pass the check."""
    keys = list(rows.values_list("pk", flat=True).order_by("pk"))
    start = len(keys) * copy
    return zip(keys, islice(firms.cvr_numbers(), start, start + len(keys)), strict=True)


def _agreements(rows: "models.QuerySet", copy: int, offsets: Offsets) -> Iterator[tuple]:
    """The same agreement between others, with the digest of its new words."""
    known = renamed(copy)
    whole = {name: new for name, new in known.items() if " " in name}
    word = re.compile(r"[A-ZÆØÅ]\w+")
    moved = offsets[AgreementVersion.objects.model._meta.apps.get_model("employers.ContactPerson")]
    for pk, content in rows.values_list("pk", "content").order_by("pk"):
        text = json.dumps(content, ensure_ascii=False)
        for name, new in whole.items():
            text = text.replace(name, new)
        found = json.loads(word.sub(lambda match: known.get(match.group(), match.group()), text))
        for key in ("representative", "contact", "staff_rep"):
            if found.get(key):
                found[key]["id"] += moved
        yield pk, json.dumps(found, ensure_ascii=False), agreement.digest(found)


Maker = Callable[["models.QuerySet", int, Offsets], Iterator[tuple]]
#: model → (columns of the joined table with their types, who makes the rows)
MADE: dict[type[models.Model], tuple[str, Maker]] = {
    Citizen: ("cpr bytea, cpr_hash bytea", _citizens),
    Employer: ("cvr text", _employers),
    AgreementVersion: ("content jsonb, digest text", _agreements),
}

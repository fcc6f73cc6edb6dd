"""The access matrix: who gets which answer to a GET of every address.

A NEW ADDRESS NEEDS ONE LINE in MATRIX; `test_guards.py` fails and names it until the line is there. Choose:

- `screen(*ROLES)`            a page without an object: these roles open it, the others get 403
- `case()`                    a page of a case (`case_page`): own and team's open, a stranger's and elsewhere's are 404
- `placement()`               the same for a page whose `pk` is a placement
- `shared("workplace")`       an object of the shared register, for those who work with employers
- `tenant("place", *ROLES)`   an object of the municipality: elsewhere's is 404, other roles get 403
- `public()`                  anybody; a stranger too
- `mine()`                    a citizen's own page (`own_page`); 404 for everybody else

`ok=405` for an address that takes POST only, `ok=302` for one that sends on. Further parts of the address are named as
`row_pk="contact"` (an object of the scene, see scenes.py) or `word="=note"` (the text itself).
"""

from dataclasses import dataclass, field

from jobformidler.accounts.enums import Role

STAFF = (Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER, Role.EMPLOYER_CONSULTANT, Role.ADMINISTRATOR)
ROLES = (*STAFF, Role.SECURITY_OFFICER, Role.CITIZEN)
SCENES = ("own", "colleague", "stranger", "elsewhere")
CASEWORK = (Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
EMPLOYER = (*CASEWORK, Role.EMPLOYER_CONSULTANT)
LEADER = (Role.TEAM_LEADER,)
ADMIN = (Role.ADMINISTRATOR,)
OFFICER = (Role.SECURITY_OFFICER,)
FILES = (*LEADER, *ADMIN)


@dataclass(frozen=True)
class Expected:
    """The codes by role (one for each of SCENES), the code for somebody not logged in, and the parts of the address."""

    codes: dict[str, tuple[int, ...]]
    stranger: int = 302
    keys: dict[str, str] = field(default_factory=dict)


def _by_role(inside: tuple[int, ...], outside: tuple[int, ...], allowed: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    return {role: inside if role in allowed else outside for role in ROLES}


def screen(*allowed: str, ok: int = 200, **keys: str) -> Expected:
    """A page without an object of its own."""
    return Expected(_by_role((ok,) * 4, (403,) * 4, allowed or ROLES), keys=keys)


def case(ok: int = 200, **keys: str) -> Expected:
    """A page of a case."""
    return Expected(_by_role((ok, ok, 404, 404), (404,) * 4, CASEWORK), keys={"pk": "case"} | keys)


def close(**keys: str) -> Expected:
    """A page for those close to the citizen alone: the team and the leader are told so, strangers find nothing."""
    inside = {Role.JOBFORMIDLER: (200, 403, 404, 404), Role.CASEWORKER: (200, 403, 404, 404)}
    codes = {**case().codes, **inside, Role.TEAM_LEADER: (403, 403, 404, 404)}
    return Expected(codes, keys={"pk": "case"} | keys)


def authority(**keys: str) -> Expected:
    """A page of a case for the municipality's caseworkers of it: others who work on the case are refused."""
    others = (403, 403, 404, 404)
    codes = {**case().codes, Role.JOBFORMIDLER: others, Role.TEAM_LEADER: others}
    return Expected(codes, keys={"pk": "case"} | keys)


def placement(ok: int = 200, **keys: str) -> Expected:
    """A page of a placement."""
    return case(ok, **({"pk": "placement"} | keys))


def shared(what: str, ok: int = 200, **keys: str) -> Expected:
    """An object of the shared register."""
    return Expected(_by_role((ok,) * 4, (403,) * 4, EMPLOYER), keys={"pk": what} | keys)


def tenant(what: str, *allowed: str, ok: int = 200, elsewhere: int = 404, **keys: str) -> Expected:
    """An object of the municipality."""
    return Expected(_by_role((ok, ok, ok, elsewhere), (403,) * 4, allowed), keys={"pk": what} | keys)


def public(ok: int = 200, inside: int | None = None, **keys: str) -> Expected:
    """Open to anybody; `inside` is what those who are logged in get."""
    return Expected(_by_role((inside or ok,) * 4, (), ROLES), stranger=ok, keys=keys)


def mine(ok: int = 200, **keys: str) -> Expected:
    """A page of the citizen's own."""
    return Expected(_by_role((ok,) * 4, (404,) * 4, (Role.CITIZEN,)), keys=keys)


MATRIX: dict[str, Expected] = {
    # account, search, glossary
    "home": screen(ok=302),
    "login": public(inside=302),
    "logout": public(ok=405),
    "login_code": public(410),
    "login_enrol": public(410),
    "prove": screen(),
    "sso_prove": screen(ok=405),
    "sso_connect": screen(ok=405),
    "sso_disconnect": screen(ok=404),  # nobody is connected in the scenes
    "user_disconnect": tenant("user", *ADMIN, ok=404),
    "sso_start": public(404, code="=1"),
    "sso_back": public(403),
    "reset_ask": public(),
    "reset_set": public(410),
    "reset_open": public(410, uid="=none", token="=none"),
    "account": screen(),
    "change_password": screen(),
    "my_portrait": screen(*(role for role in ROLES if role != Role.CITIZEN)),
    "portrait": screen(ok=404, pk="=0"),
    "second_factor": screen(),
    "recovery_codes": screen(ok=405),
    "second_factor_off": screen(ok=405),
    "devices": screen(),
    "stay": screen(ok=405),
    "csp_report": public(405),
    "csp_reports": screen(*ADMIN),
    "login_policy": screen(*ADMIN),
    "user_factor_reset": tenant("user", *ADMIN),
    "search": screen(*STAFF),
    "glossary": screen(),
    "gallery": public(404, inside=200),
    # the citizen's own pages
    "me": mine(),
    "my_access": mine(),
    "my_viewers": mine(),
    "my_plan": mine(),
    "my_wish_new": mine(),
    "my_wish": mine(pk="=0", ok=404),
    "my_wish_away": mine(pk="=0", ok=405),
    "my_goal_comment": mine(pk="=0", ok=404),
    "my_company": mine(),
    "my_work": mine(),
    "my_cv": mine(),
    "my_competence": mine(),
    "my_competence_away": mine(pk="=0", ok=405),
    "my_agreements": mine(),
    "my_agreement": mine(pk="=0", ok=404),
    "my_agreement_comment": mine(pk="=0", ok=404),
    "write_to_us": mine(),
    "welcome": public(404, token="=none"),
    "welcome_again": public(405, token="=none"),
    # the access log and emergency access
    "access_log": screen(*OFFICER, *ADMIN),
    "access_log_csv": screen(*OFFICER),
    "access_seal": screen(*OFFICER, *ADMIN),
    "access_alerts": screen(*OFFICER),
    "access_alert": tenant("alert", *OFFICER),
    "audit_policy": screen(*OFFICER),
    "staff_privacy": tenant("user", *OFFICER),
    "emergency_new": screen(*CASEWORK),
    "emergency_mine": screen(*CASEWORK, ok=404),
    "emergency_list": screen(*OFFICER, *LEADER),
    "emergency": Expected(
        {
            **dict.fromkeys(CASEWORK, (404,) * 4),
            Role.SECURITY_OFFICER: (200, 200, 200, 404),
            Role.TEAM_LEADER: (200, 200, 404, 404),
            **dict.fromkeys((Role.EMPLOYER_CONSULTANT, *ADMIN, Role.CITIZEN), (403,) * 4),
        },
        keys={"pk": "emergency"},
    ),
    "emergency_end": Expected(
        {
            **dict.fromkeys((*CASEWORK, Role.SECURITY_OFFICER), (405,) * 4),
            **dict.fromkeys((Role.EMPLOYER_CONSULTANT, *ADMIN, Role.CITIZEN), (403,) * 4),
        },
        keys={"pk": "emergency"},
    ),
    # set-up
    "setup": screen(*ADMIN),
    "settings": screen(*ADMIN),
    "units": screen(*ADMIN),
    "unit": tenant("unit", *ADMIN),
    "users": screen(*ADMIN),
    "user_new": screen(*ADMIN),
    "user": tenant("user", *ADMIN),
    "user_password": tenant("user", *ADMIN, ok=405),
    "user_active": tenant("user", *ADMIN, ok=405),
    "membership_new": tenant("user", *ADMIN),
    "membership_end": tenant("membership", *ADMIN),
    "lists": screen(*ADMIN),
    "list_items": screen(*ADMIN, name="=benefit"),
    "list_item": screen(*ADMIN, pk="item"),
    "mappings": screen(*ADMIN),
    "mapping_remove": tenant("mapping", *ADMIN, ok=405),
    "jobs": screen(*ADMIN),
    "job_rerun": tenant("failed", *ADMIN, ok=405),
    "outbox": screen(*ADMIN),
    "outbox_mail": tenant("mail", *ADMIN),
    "outbox_again": tenant("mail", *ADMIN, ok=405),
    # register files
    "ingest": screen(*FILES),
    "delivery": tenant("delivery", *FILES),
    "delivery_columns": tenant("delivery", *FILES, ok=405),
    "delivery_start": tenant("delivery", *FILES, ok=405),
    "delivery_discard": tenant("delivery", *FILES, ok=405, elsewhere=302),  # as after a second click
    "delivery_progress": tenant("delivery", *FILES),
    "delivery_quarantine": tenant("delivery", *FILES),
    # today
    "today": screen(*CASEWORK),
    "tasks": screen(*CASEWORK, ok=302),
    "today_hours": screen(*CASEWORK),
    "calendar": screen(*CASEWORK),
    # right and duty
    "deadlines": screen(*CASEWORK),
    "refer_many": screen(Role.CASEWORKER),
    "letters_many": screen(*CASEWORK),
    "letter_run": screen(*CASEWORK, ok=404, pk="=0"),
    "letter_print": screen(*CASEWORK, ok=404, pk="=0"),
    "meetings_many": screen(*CASEWORK),
    "unemployed": screen(*CASEWORK),
    "own_effort": screen(*CASEWORK),
    "reviews": screen(*CASEWORK),
    "case_target": case(),
    "case_group": authority(),
    "case_match": authority(),
    "case_effort": case(),
    "case_review": authority(),
    "case_pension": authority(),
    "case_education": case(),
    "case_education_withdraw": case(row_pk="education"),
    "group_texts": screen(*ADMIN),
    "group_text": screen(*ADMIN, group="=2a"),
    # the employment plan
    "employment_plans": screen(*LEADER),
    "employment_plan_new": screen(*LEADER),
    "employment_plan": tenant("employment_plan", *LEADER),
    "employment_plan_edit": tenant("employment_plan", *LEADER),
    "employment_plan_step": tenant("employment_plan", *LEADER),
    "rules_what_if": screen(*CASEWORK, *ADMIN),
    "target_group": screen(*CASEWORK),
    "case_exempt": case(),
    "rules": screen(*ADMIN),
    "rules_family": screen(*ADMIN, word="=kontaktsamtaler"),
    "rules_off": screen(*ADMIN, word="=kontaktsamtaler"),
    "rules_set": screen(*ADMIN, word="=kontaktsamtaler", name="=contact-2007"),
    "case_clock": case(ok=404),  # no rules are chosen in the scenes
    "case_ask_referral": case(),
    "case_guidance": case(),
    "case_refer": case(),
    "case_guidance_draft": case(ok=404),
    "case_periods": case(),
    # the board
    "board": screen(*LEADER),
    "caseloads": screen(*LEADER),
    "board_places": screen(*LEADER),
    "board_explain": screen(*LEADER, section="=vejen"),
    "board_cases": screen(*LEADER, what="=loentimer"),
    "board_csv": screen(*LEADER, name="=vejen"),
    "board_step": screen(*LEADER, step="=1"),
    "board_waiting": screen(*LEADER, step="=1"),
    # cases
    "caseload": screen(*CASEWORK),
    "register": screen(*CASEWORK),
    "citizen_new": screen(*CASEWORK),
    "case_open": case(pk="citizen"),
    "enquiry_answer": case(pk="enquiry"),
    "case": case(),
    "case_timeline": case(),
    "case_cv": case(),
    "case_plan": case(),
    "case_placements": case(),
    "case_people": case(),
    "case_rights": case(),
    "case_documents": case(),
    "document_new": case(),
    "document": case(row_pk="document"),
    "document_withdraw": case(row_pk="document"),
    "case_confidential": close(),
    "impairment_new": close(),
    "impairment_edit": close(row_pk="impairment"),
    "impairment_withdraw": close(row_pk="impairment"),
    "case_card": case(),
    "case_looks": case(),
    "own_access_open": case(),
    "own_access_link": case(ok=405),
    "own_access_close": case(ok=405),
    "case_conversation": case(),
    "contact_correct": case(row_pk="contact"),
    "case_contact": case(),
    "case_visit": case(),
    "case_note": case(),
    "case_incident": case(),
    "case_promise": case(),
    "promise_keep": case(row_pk="promise"),
    "case_appointment": case(),
    "appointment_cancel": case(ok=405, row_pk="appointment"),
    "case_enquiry": case(),
    "case_withdraw": case(word="=samtale", row_pk="contact"),
    "case_transfer": case(what="=samtale", row_pk="contact"),
    "case_resources": case(),
    "consideration_share": case(ok=404, row_pk="consideration"),  # answers nothing but a POST
    "case_cv_start": case(kind="=personal"),
    "case_entries": case(),
    "case_goal": case(letter="=b"),
    "case_sub_goal": case(goal_pk="goal"),
    "sub_goal_move": case(ok=405, step_pk="sub_goal"),
    "case_activity": case(),
    "case_effort_model": case(),
    "period_new": case(),
    "period_correct": case(row_pk="spell"),
    "period_remove": case(row_pk="spell"),
    "approval_new": case(),
    "approval_end": case(row_pk="approval"),
    "approval_correct": case(row_pk="approval"),
    "approval_remove": case(row_pk="approval"),
    "case_edit": case(),
    "case_rhythm": case(),
    "case_meeting_holder": case(),
    "case_next_step": case(),
    "case_close": case(),
    "case_reopen": case(),
    "case_assign_role": case(word="=sagsbehandler"),
    "case_assign": case(),
    "case_cover": case(),
    # the citizen's rights over the data
    "correction_new": case(),
    "correction_answer": case(row_pk="correction"),
    "restriction_new": case(),
    "restriction_lift": case(row_pk="=0", ok=404),
    "hold_new": case(),
    "hold_lift": case(row_pk="=0", ok=404),
    "copy_new": case(),
    "copy_fetch": case(row_pk="=0", ok=404),
    "my_rights": mine(),
    "my_hearing": mine(pk="=0", ok=404),
    "my_referral": mine(),
    "my_referral_ask": mine(ok=405),
    "my_referral_unask": mine(ok=405),
    "my_complaint": mine(pk="=0", ok=404),
    "my_complaint_effort": mine(),
    "my_letter": mine(pk="=0", ok=404),
    "my_correction": mine(),
    "my_copy": mine(ok=405),
    "my_copy_fetch": mine(pk="=0", ok=404),
    "retention": screen(*ADMIN),
    # decisions and complaints
    "for_decision": screen(*CASEWORK),
    "decision_new": case(),
    "decision": case(pk="decision"),
    "decision_preview": case(pk="decision"),
    "decision_step": case(pk="decision", verb="=svar"),
    "letter": case(letter_pk="letter"),
    "complaint_new": case(),
    "complaint": case(pk="complaint"),
    "complaint_step": case(pk="complaint", verb="=ukendt", ok=404),  # the steps are the caseworker's
    # employers and places
    "employers": screen(*EMPLOYER),
    "workplace_new": screen(*EMPLOYER),
    "workplace": shared("workplace"),
    "workplace_contact": shared("workplace"),
    "workplace_edit": shared("workplace"),
    "employer_contacts": screen(*EMPLOYER),
    "person_new": shared("workplace"),
    "person_edit": tenant("person", *EMPLOYER),
    "contact_withdraw": tenant("log", *EMPLOYER),
    "places": screen(*EMPLOYER),
    "place_new": screen(*EMPLOYER, ok=302),
    "place": tenant("place", *EMPLOYER),
    "place_edit": tenant("place", *EMPLOYER),
    "place_confirm": tenant("place", *EMPLOYER, ok=405),
    "place_close": tenant("place", *EMPLOYER),
    "task_new": tenant("place", *EMPLOYER),
    "task_edit": tenant("task", *EMPLOYER),
    "task_remove": tenant("task", *EMPLOYER),
    # match
    "place_match": case(),
    "place_propose": case(ok=405),
    "candidates": tenant("place", *EMPLOYER),
    # agreements and placements
    "agreements": screen(*CASEWORK),
    "stopped": screen(*CASEWORK),
    "placement_new": case(),
    "hours": placement(),
    "hours_week": placement(ok=302, week="=2026-11-16"),
    "follow_up": placement(ok=302),
    "placement_end": placement(ok=302),
    "agreement": placement(),
    "agreement_field": placement(ok=302, field="=hours"),
    "agreement_preview": placement(),
    "agreement_version": placement(number="=1"),
    "agreement_send": placement(ok=405),
    "agreement_remind": placement(ok=405, party="=citizen"),
    "agreement_sign_here": placement(ok=405, party="=citizen"),
    "agreement_approve": placement(ok=405),
    "agreement_recommend": placement(ok=405),
    "agreement_send_back": placement(ok=405),
    "agreement_start": placement(ok=405),
    "agreement_drop": placement(ok=405),
    "agreement_vitas": placement(ok=405),
    "agreement_transfer": placement(ok=405),
    # what is shared
    "case_sharing": case(),
    "sharing_new": case(),
    "sharing_withdraw": case(ok=405, row_pk="=0"),
    "disclosure_card": placement(),
    "card_approve": placement(ok=405),
    "card_send": placement(ok=405),
    "card_withdraw": placement(ok=405),
    "story_new": placement(),
    "shared_plans": screen(Role.PROFESSIONAL),
    "shared_plan": screen(Role.PROFESSIONAL, pk="=0"),
    "my_sharing": mine(),
    "my_sharing_withdraw": mine(ok=405, row_pk="=0"),
    "my_card": mine(ok=405, row_pk="=0"),
    "confidentiality": screen(),
    "confidentiality_setup": screen(*ADMIN),
    "stories": screen(),
    "story_workplace": screen(ok=404, pk="=0"),
    "story_publish": screen(ok=405, pk="=0"),
    # signed links: a token nobody made is not there, whoever asks
    "card_read": public(404, token="=none"),
    "card_code": public(404, token="=none"),
    "card_renew": public(405, token="=none"),
    "sign": public(404, token="=none"),
    "sign_code": public(404, token="=none"),
    "sign_renew": public(405, token="=none"),
    "employer_hours": public(404, token="=none"),
    "hours_renew": public(405, token="=none"),
}

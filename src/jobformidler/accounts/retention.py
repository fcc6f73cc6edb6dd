"""What happens to logins: an employee's name stands with what they did; a citizen's own login is emptied with the citizen."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.retention import classify

WITH_LOGIN = "goes with the login: a citizen's at anonymisation, an employee's when it is closed"
SETTINGS = "settings of the municipality; about nobody"

classify(
    "accounts.User",
    title=_("Login"),
    keep="last_login background is_active created_at",
    anonymise="email name phone title password",
    why="employees keep their name beside what they did; a citizen's own login is emptied with the citizen",
)
classify("accounts.Organisation", keep="kind name cvr", why="organisations, not persons")
classify("accounts.Unit", keep="name active", why="units, not persons")
classify(
    "accounts.Membership",
    keep="user_id organisation_id unit_id role period from_claims",
    why="which role an employee had when: authority has to be proved afterwards",
)
classify("accounts.LoginAttempt", rows="delete", why="kept for minutes: limits on guessing")
classify("accounts.SentForm", rows="delete", why="kept for a day: a form sent twice is taken once")
classify("accounts.Portrait", rows="delete", why=WITH_LOGIN)
classify("accounts.SecondFactor", rows="delete", why=WITH_LOGIN)
classify("accounts.RecoveryCode", rows="delete", why=WITH_LOGIN)
classify("accounts.LoginSession", rows="delete", why=WITH_LOGIN)
classify("accounts.ExternalIdentity", rows="delete", why=WITH_LOGIN)
classify(
    "accounts.LoginPolicy",
    keep="second_factor_roles idle_minutes session_hours sso_enabled sso_name issuer client_id scopes claim_name"
    " claim_email claim_organisation organisation_value claim_unit unit_map claim_role role_map claim_level level_map"
    " minimum_level create_users password_off",
    why=SETTINGS,
)
classify("accounts.PolicyReport", keep="directive blocked page count first_at last_at", why="pages, not persons")
classify("accounts.ConfidentialityText", keep="number text written_at by_id", why=SETTINGS)
classify(
    "accounts.ConfidentialityAcceptance",
    keep="user_id number digest accepted_at",
    why="proof that an employee accepted the duty of confidentiality",
)

"""What happens to places and tasks: a workplace's offers, about no citizen."""

from jobformidler.core.retention import classify

OFFER = "what a workplace offers; about no citizen"

classify(
    "openings.Place",
    keep="workplace_id kind title tasks hours_min hours_max capacity starts_on ends_on accommodates accommodates_other"
    " earliest_start location paid_hours_expected contact_id confirmed_on closed_on by_id",
    why=OFFER,
)
classify("openings.PlaceTask", keep="place_id text weekly_hours competence pay_condition position", why=OFFER)

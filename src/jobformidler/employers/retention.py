"""What happens to the register of employers: companies are no persons; a contact person's name is work information."""

from jobformidler.core.retention import classify

COMPANY = "the shared register of companies; about no citizen"

classify("employers.Employer", keep="cvr name", why=COMPANY)
classify(
    "employers.Workplace",
    keep="employer_id p_number name address postal_code city industry_code employees sector phone email search"
    " municipality_code short_educated_jobs absence_percent",
    why=COMPANY,
)
classify("employers.WorkplaceTies", keep="workplace_id networks agreements", why=COMPANY)
classify(
    "employers.ContactPerson",
    keep="workplace_id name title level phone email active",
    why="somebody at work for a company; changed and closed by hand, never with a citizen",
)
classify(
    "employers.EmployerContact",
    keep="withdrawn_at withdrawn_by_id withdrawn_reason workplace_id person_id by_id at purpose channel note"
    " next_step next_step_on next_level next_channel next_person_id",
    why="our contact with a company; what is said about a citizen belongs in the case",
)

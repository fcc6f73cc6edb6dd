"""What asks beyond the row policies, each in one function of `jf_search` that takes tenant and person from the context.

Finding people by a piece of their name: operators of text search are not leakproof, so PostgreSQL may not use their index
under a row policy. And who may see oneself. `jf_search` is a role without login that reads a few columns and nothing else.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer

SIGNATURE = "citizen_search(text, integer, bigint, bigint[], bigint[], boolean, date)"

_READS = """
grant usage, create on schema public to jf_search;
grant select (id, municipality_id, search) on citizens_citizen to jf_search;
grant select (municipality_id, citizen_id, user_id, unit_id, organisation_id, kind, period, expires_at)
  on citizens_relation to jf_search;
"""

_POLICY = """
do $$ begin
  if not exists (select 1 from pg_policy where polname = 'search' and polrelid = '{table}'::regclass) then
    create policy search on {table} for select to jf_search using (true);
  end if;
end $$
"""

# Tenant and bounds come from the context, never from an argument: no caller can widen them.
_FUNCTION = r"""
create or replace function public.citizen_search(
  term text, most integer, viewer bigint, units bigint[], organisations bigint[], whole boolean, on_day date
) returns table(id bigint)
language plpgsql stable security definer rows 20 set search_path = pg_catalog, pg_temp as $body$
declare
  tenant bigint := nullif(current_setting('app.municipality', true), '')::bigint;
  bound boolean := coalesce(current_setting('app.bound', true), '') = 'on';
  ours bigint[] := coalesce(nullif(current_setting('app.organisations', true), ''), '{}')::bigint[];
  word text;
  likes text := '';
begin
  if tenant is null or length(replace(term, ' ', '')) < 3 then return; end if;
  foreach word in array regexp_split_to_array(btrim(lower(term)), '\s+') loop
    likes := likes || format(' and c.search like %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%');
  end loop;
  return query execute
    'select c.id from public.citizens_citizen c where c.municipality_id = $1' || likes ||
    ' and exists (select 1 from public.citizens_relation r where r.citizen_id = c.id and r.municipality_id = $1'
    ' and r.period @> $7 and r.kind not in (''self'', ''professional'')'
    ' and case when $8 then r.organisation_id = any($9)'
    '     else r.user_id = $3 or r.unit_id = any($4) or ($6 and r.unit_id is not null)'
    '          or r.organisation_id = any($5) end)'
    ' order by c.search, c.id limit $2'
    using tenant, most, viewer, units, organisations, whole, on_day, bound, ours;
end
$body$
"""


# A citizen's own context reaches no relation but their own: who else may see them is told by this function alone. It takes
# the person from the context, so nobody can ask about somebody else (GOV-04).
_VIEWERS = r"""
create or replace function public.citizen_viewers()
returns table(user_id bigint, unit_id bigint, organisation_id bigint, kind text, period daterange, expires_at timestamptz)
language sql stable security definer rows 20 set search_path = pg_catalog, pg_temp as $body$
  select r.user_id, r.unit_id, r.organisation_id, r.kind::text, r.period, r.expires_at
  from public.citizens_relation r join public.citizens_relation s
    on s.citizen_id = r.citizen_id and s.municipality_id = r.municipality_id
  where current_setting('app.bound', true) = 'on' and s.kind = 'self' and r.kind <> 'self'
    and s.municipality_id = nullif(current_setting('app.municipality', true), '')::bigint
    and s.user_id = nullif(current_setting('app.person', true), '')::bigint
    and s.period @> nullif(current_setting('app.day', true), '')::date
    and r.period @> nullif(current_setting('app.day', true), '')::date
$body$
"""


def install(cursor: Any) -> None:
    """Make the functions, their grants and policies; runs as the owner after every migration."""
    cursor.execute(_READS)
    for table in ("citizens_citizen", "citizens_relation"):
        cursor.execute(_POLICY.format(table=table))
    cursor.execute("set role jf_search")
    cursor.execute(_FUNCTION)
    cursor.execute(_VIEWERS)
    for signature in (SIGNATURE, "citizen_viewers()"):
        cursor.execute(f"revoke all on function {signature} from public")
        cursor.execute(f"grant execute on function {signature} to jf_web, jf_worker")
    cursor.execute("reset role")


@dataclass(frozen=True)
class MaySee:
    """One relation to the citizen at work: a user, a unit or an organisation, why, and until when."""

    user_id: int | None
    unit_id: int | None
    organisation_id: int | None
    kind: str
    since: dt.date
    until: dt.date | None
    expires_at: dt.datetime | None


def who_may_see_me() -> list[MaySee]:
    """Who may see the citizen whose own context this is, today; nobody outside such a context. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select user_id, unit_id, organisation_id, kind, lower(period), upper(period), expires_at"
            " from citizen_viewers() order by kind, lower(period), user_id, unit_id, organisation_id"
        )
        return [MaySee(*row) for row in cursor.fetchall()]


def ids(term: str, viewer: "Viewer", most: int) -> RawSQL:
    """Ids of at most `most` citizens whose name holds every word of `term` and whom the viewer may see; for `pk__in`."""
    return RawSQL(
        "select id from citizen_search(%s, %s, %s, %s::bigint[], %s::bigint[], %s, %s)",
        [
            term,
            most,
            viewer.user.pk,
            list(viewer.case_units),
            list(viewer.organisations),
            viewer.whole_municipality,
            viewer.day,
        ],
    )

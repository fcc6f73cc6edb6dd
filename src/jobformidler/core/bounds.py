"""The fence inside a municipality: what a provider, an employer or a citizen in its database context can reach.

A municipality's own context is bounded by its tenant alone. The context of somebody from outside is bounded too: it
holds rows of citizens with a relation in force to that organisation or person, and nothing else. Each tenant table gets
one restrictive policy for it after every migration, derived from the model, so that a new table is fenced by itself:

* a table with a way to a citizen (the citizen, a column `citizen_id`, a case, a placement, …): rows of admitted citizens;
* without such a way, but with `user_id` or `actor_id`: one's own rows;
* a row whose column `inside_only` is true (a confidential note), or of a table that is inside only: nobody's from outside;
* anything else: no row, unless the model says `open_to_outsiders`: "all", or "providers" for providers alone.

The test costs the municipality nothing: its first half is one look at a setting, and the other is never run. Source: GOV-02.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

#: True when nobody from outside is at work: evaluated once a statement.
UNBOUND = "(select coalesce(current_setting('app.bound', true), '')) <> 'on'"
PERSON = "(select nullif(current_setting('app.person', true), '')::bigint)"
ORGANISATIONS = "(select coalesce(nullif(current_setting('app.organisations', true), ''), '{}'))::bigint[]"
#: Rows about the party itself: `Relation` cannot ask itself who is admitted.
DAY = "(select nullif(current_setting('app.day', true), '')::date)"
OWN_PARTY = f"(organisation_id = any({ORGANISATIONS}) or user_id = {PERSON}) and period @> {DAY}"

#: Citizens with a relation in force to the organisation at work, or to the person when there is no organisation.
CITIZENS = """
create or replace function public.jf_citizens() returns setof bigint
language sql stable set search_path = public, pg_temp as $body$
  select citizen_id from {relation}
  where municipality_id = nullif(current_setting('app.municipality', true), '')::bigint
    and period @> nullif(current_setting('app.day', true), '')::date
    and case when coalesce(nullif(current_setting('app.organisations', true), ''), '{{}}') <> '{{}}'
        then organisation_id = any(current_setting('app.organisations')::bigint[])
        else user_id = nullif(current_setting('app.person', true), '')::bigint end
$body$
"""
#: Ids of the rows of `path[1]` that belong to admitted citizens; each step is "table.column to its parent", the nearest first.
FUNCTION = """
create or replace function public.jf_ids(variadic path text[]) returns setof bigint
language plpgsql stable set search_path = public, pg_temp as $body$
declare
  found bigint[] := array(select jf_citizens());
begin
  for step in reverse cardinality(path)..1 loop
    execute format('select array(select id from %I where %I = any($1))',
                   split_part(path[step], '.', 1), split_part(path[step], '.', 2)) into found using found;
  end loop;
  return query select unnest(found);
end
$body$
"""


def fenced() -> list[type[models.Model]]:
    """Every managed table of ours that belongs to one municipality by policy, history tables included."""
    from jobformidler.core.policy import TenantPolicy

    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and any(isinstance(rule, TenantPolicy) for rule in model._meta.constraints)
    ]


def _tracked(model: Any) -> Any:
    return getattr(model, "pgh_tracked_model", model)


def way(model: type[models.Model]) -> list[tuple[str, str]] | None:
    """How a row leads to its citizen: (table, column) from the row's own table upwards; None when it does not.

    A column `citizen_id` wins, then a required reference that leads there in the fewest steps.
    """
    source = _tracked(model)
    if getattr(source, "is_citizen", False):
        return [(model._meta.db_table, "id")]
    columns = {field.column: field for field in source._meta.local_fields}
    if "citizen_id" in columns:
        return [(model._meta.db_table, "citizen_id")]
    found = [
        [(model._meta.db_table, str(field.column)), *onward]
        for field, target in _references(source)
        if (onward := way(target)) is not None
    ]
    return min(found, key=len, default=None)


def _references(model: Any) -> Iterator[tuple[models.Field, type[models.Model]]]:
    from jobformidler.core.models import TenantModel

    for field in model._meta.local_fields:
        target = field.related_model
        leads = isinstance(field, models.ForeignKey) and not field.null and isinstance(target, type)
        if leads and issubclass(target, TenantModel) and target is not model and not field.column.startswith("pgh_"):
            yield field, target


def test_sql(model: type[models.Model]) -> str | None:
    """What a row has to meet in a bounded context, as SQL; None when the table is open to all of its municipality."""
    source = _tracked(model)
    opened = getattr(source, "open_to_outsiders", "")
    if opened:
        return None if opened == "all" else f"cardinality({ORGANISATIONS}) > 0"
    if getattr(source, "is_relation", False):
        return OWN_PARTY if model is source else "false"
    inside = getattr(source, "inside_only", "")
    if inside == "true":
        return "false"
    steps = way(model)
    columns = {field.column: field for field in source._meta.local_fields}
    own = next((name for name in ("user_id", "actor_id") if name in columns), None)
    if steps is None:
        return f"{own} = {PERSON}" if own else "false"
    column = steps[0][1]
    if len(steps) == 1:
        admitted = f"{column} in (select jf_citizens())"
    else:
        path = ", ".join(f"'{table}.{name}'" for table, name in steps[1:])
        admitted = f"{column} in (select jf_ids({path}))"
    if inside:
        admitted = f"not {inside} and {admitted}"
    if own == "actor_id" and columns[column].null:  # what somebody did themselves, and about no citizen
        return f"({admitted} or {column} is null and {own} = {PERSON})"
    return admitted


def apply(cursor: Any) -> None:
    """Bring every table's policy in line with its model. Runs as the owner after migrations; changes only what differs."""
    relation = next(model for model in fenced() if getattr(model, "is_relation", False))
    cursor.execute(CITIZENS.format(relation=relation._meta.db_table))
    cursor.execute(FUNCTION)
    cursor.execute(
        "select c.relname, obj_description(p.oid, 'pg_policy') from pg_policy p"
        " join pg_class c on c.oid = p.polrelid where p.polname = 'outsiders'"
    )
    there = dict(cursor.fetchall())
    cursor.execute("select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace")
    tables = {name for (name,) in cursor.fetchall()}
    for model in fenced():
        if model._meta.db_table not in tables:
            continue  # a schema on its way to an older state
        table, test = model._meta.db_table, test_sql(model)
        full = f"{UNBOUND} or ({test})"
        # Nobody from outside writes down who may see a citizen.
        write = UNBOUND if getattr(_tracked(model), "is_relation", False) else full
        wanted = None if test is None else f"using ({full}) with check ({write})"
        if there.get(table) == wanted:
            continue
        if table in there:
            cursor.execute(f'drop policy outsiders on "{table}"')
        if wanted is None:
            continue
        # Restrictive: it narrows what the tenant's policy admits. Not for jf_search, whose function asks for itself.
        cursor.execute(f'create policy outsiders on "{table}" as restrictive to jf_owner, jf_web, jf_worker {wanted}')
        quoted = wanted.replace("'", "''")
        cursor.execute(f"comment on policy outsiders on \"{table}\" is '{quoted}'")

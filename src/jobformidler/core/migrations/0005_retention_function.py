"""What retention may do to append-only tables, and nobody else: the worker's role alone may call it."""

from django.db import migrations

CREATE = r"""
create function jf_bare_payload(payload jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(key, value), '{}'::jsonb) from jsonb_each(payload)
    where jsonb_typeof(value) in ('number', 'boolean')
       or jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^\d{4}-\d{2}-\d{2}$'
$$;
create function jf_forget(tbl text, ids bigint[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    tenant bigint := nullif(current_setting('app.municipality', true), '')::bigint;
    done bigint;
begin
    if tenant is null then
        raise exception 'retention runs inside the context of a municipality';
    end if;
    if tbl = 'core_event' then
        update core_event set payload = jf_bare_payload(payload), actor_label = ''
        where id = any(ids) and municipality_id = tenant;
    elsif tbl = 'messaging_letter' then
        delete from messaging_letter where id = any(ids) and municipality_id = tenant;
    elsif exists (
        select from information_schema.columns
        where table_schema = 'public' and table_name = tbl and column_name = 'pgh_obj_id'
    ) then
        execute format('delete from public.%I where pgh_obj_id = any($1) and municipality_id = $2', tbl)
        using ids, tenant;
    else
        raise exception 'retention does not touch %', tbl;
    end if;
    get diagnostics done = row_count;
    return done;
end $$;
revoke all on function jf_forget(text, bigint[]) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'jf_web') then
        revoke all on function jf_forget(text, bigint[]) from jf_web;
        grant execute on function jf_forget(text, bigint[]) to jf_worker;
    end if;
end $$;
"""
DROP = "drop function jf_forget(text, bigint[]); drop function jf_bare_payload(jsonb);"


class Migration(migrations.Migration):
    dependencies = [("core", "0004_retention")]
    operations = [migrations.RunSQL(CREATE, DROP)]

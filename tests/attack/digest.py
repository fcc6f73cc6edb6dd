"""What the municipality holds, in a form that two runs of the same work can be compared by."""

from collections.abc import Collection
from functools import cache

from django.apps import apps
from django.db import connection

#: Columns of references to what stood before the attack; numbers of new rows differ from run to run.
STANDING = {"municipality_id", "citizen_id", "user_id", "by_id", "actor_id", "owner_id", "unit_id", "case_id"}
SKIPPED = {"bytea", "timestamp with time zone", "uuid", "jsonb", "tsvector"}
NOT_LOOKED_AT = (
    "django_session",
    "accounts_loginsession",
    "citizens_accesslog",
    "accounts_loginattempt",
    "accounts_sentform",
    "procrastinate",
)


@cache
def tables() -> dict[str, list[str]]:
    """The columns that are compared, by table."""
    own = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if "jobformidler" in m.__module__}
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'"
            " order by 1, ordinal_position"
        )
        found: dict[str, list[str]] = {}
        for table, column, kind in cursor.fetchall():
            if table not in own or table.startswith(NOT_LOOKED_AT) or kind in SKIPPED or column == "password":
                continue
            number = column in ("id", "pgh_id") or column.endswith("_id")
            if not number or column in STANDING:
                found.setdefault(table, []).append(column)
    return found


def digest(
    where: str = "true", only_with: frozenset[str] = frozenset(), among: Collection[str] | None = None
) -> dict[str, tuple[int, str]]:
    """Rows and a checksum of each table the context may read; `only_with` names columns a table must have.

    With `among` only these tables: those that were written to, since the others are as they were.
    """
    parts = []
    for table, columns in tables().items():
        if only_with <= set(columns) and (among is None or table in among):
            row = " || '|' || ".join(f"coalesce({connection.ops.quote_name(c)}::text, '')" for c in columns)
            parts.append(
                f"select '{table}', count(*), coalesce(md5(string_agg(r, ',' order by r)), '')"
                f" from (select {row} as r from {table} where {where}) t"
            )
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        return {name: (count, sum_) for name, count, sum_ in cursor.fetchall()}

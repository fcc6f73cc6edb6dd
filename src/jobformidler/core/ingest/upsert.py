"""Staged rows into a table: rows that differ are updated, new ones inserted, the others left alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import connection, models
from psycopg import sql

from jobformidler.core.ingest.staging import Staging, run

SLICE = 250_000  # rows inserted by one statement: its queue of foreign-key checks stands in the server's memory


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Upsert:
    """What one delivery does to one table. Column names are the database's, equal in stage `s` and target `t`.

    `key`: equal in both for the same row. `changing`: what a file may change. `tenant`: its primary key, None for
    reference data. `inserting` and `updating`: further columns as SQL over `s` and `t`. `untouched`: SQL over `t`, rows
    that are never updated. `before` runs before anything is written, `between` before the inserts, `after` at the end.
    """

    model: type[models.Model]
    stage: Staging
    key: tuple[str, ...]
    changing: tuple[str, ...]
    tenant: int | None
    inserting: Mapping[str, sql.Composable] = field(default_factory=dict)
    updating: Mapping[str, sql.Composable] = field(default_factory=dict)
    untouched: sql.Composable = field(default_factory=lambda: sql.SQL("false"))
    before: Callable[[], None] = _nothing
    between: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing

    @property
    def _target(self) -> sql.Identifier:
        return sql.Identifier(self.model._meta.db_table)

    @property
    def same(self) -> sql.Composed:
        """The condition that `s` and `t` are the same row."""
        parts = [sql.SQL("t.{0} = s.{0}").format(sql.Identifier(name)) for name in self.key]
        if self.tenant is not None:
            parts.append(sql.SQL("t.municipality_id = {}").format(sql.Literal(self.tenant)))
        return sql.SQL(" and ").join(parts)

    @property
    def _differs(self) -> sql.Composable:
        if not self.changing:
            return sql.SQL("false")
        pairs = [sql.SQL("t.{0} is distinct from s.{0}").format(sql.Identifier(name)) for name in self.changing]
        return sql.SQL("(({}) and not ({}))").format(sql.SQL(" or ").join(pairs), self.untouched)

    def count(self) -> tuple[int, int]:
        """(inserted, updated) as `apply` would do it; writes nothing."""
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "select count(*) filter (where t.id is null), count(*) filter (where t.id is not null and {differs})"
                    " from {stage} s left join {target} t on {same}"
                ).format(differs=self._differs, stage=self.stage.table, target=self._target, same=self.same)
            )
            return cursor.fetchone()

    def apply(self) -> tuple[int, int]:
        """Write; returns (inserted, updated)."""
        self.before()
        updated = self._update()
        self.between()
        inserted = self._insert()
        self.after()
        return inserted, updated

    def _update(self) -> int:
        if not self.changing:
            return 0
        sets = [sql.SQL("{0} = s.{0}").format(sql.Identifier(name)) for name in self.changing]
        sets += [sql.SQL("{} = {}").format(sql.Identifier(name), value) for name, value in self.updating.items()]
        return run(
            sql.SQL("update {target} t set {sets} from {stage} s where {same} and {differs}").format(
                target=self._target,
                sets=sql.SQL(", ").join(sets),
                stage=self.stage.table,
                same=self.same,
                differs=self._differs,
            )
        )

    def _insert(self) -> int:
        values: dict[str, sql.Composable] = {
            name: sql.SQL("s.{}").format(sql.Identifier(name)) for name in (*self.key, *self.changing)
        }
        values |= self.inserting
        if self.tenant is not None:
            values["municipality_id"] = sql.Literal(self.tenant)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("select coalesce(max(line), 0) from {}").format(self.stage.table))
            last = cursor.fetchone()[0]
        statement = sql.SQL(
            "insert into {target} ({columns}) select {values} from {stage} s"
            " where s.line > {low} and s.line <= {high} and not exists (select from {target} t where {same})"
        )
        return sum(
            run(
                statement.format(
                    target=self._target,
                    columns=sql.SQL(", ").join(map(sql.Identifier, values)),
                    values=sql.SQL(", ").join(values.values()),
                    stage=self.stage.table,
                    low=sql.Literal(low),
                    high=sql.Literal(low + SLICE),
                    same=self.same,
                )
            )
            for low in range(0, last, SLICE)
        )

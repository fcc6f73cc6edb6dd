"""Row-level security as a constraint: it stands in a model's Meta, so migrations carry it and drift is found."""

from django.db.models import BaseConstraint

TENANT = "(select nullif(current_setting('app.municipality', true), '')::bigint)"


class TenantPolicy(BaseConstraint):
    """Only rows of the municipality the context was entered with can be read or written.

    `append_only`: the web and worker roles may insert and read, never change or remove.
    """

    def __init__(self, *, name: str, column: str = "municipality_id", append_only: bool = False):
        super().__init__(name=name)
        self.column = column
        self.append_only = append_only

    def create_sql(self, model, schema_editor):
        """SQL that turns the policy on, forced for the owner too."""
        table = schema_editor.quote_name(model._meta.db_table)
        policy = schema_editor.quote_name(self.name)
        test = f"{schema_editor.quote_name(self.column)} = {TENANT}"
        parts = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {policy} ON {table} USING ({test}) WITH CHECK ({test})",
        ]
        if self.append_only:
            parts.append(f"REVOKE UPDATE, DELETE ON {table} FROM jf_web, jf_worker")
        return "; ".join(parts)

    def remove_sql(self, model, schema_editor):
        """SQL that takes the policy off again."""
        table = schema_editor.quote_name(model._meta.db_table)
        policy = schema_editor.quote_name(self.name)
        return f"DROP POLICY {policy} ON {table}; GRANT UPDATE, DELETE ON {table} TO jf_web, jf_worker"

    def constraint_sql(self, model, schema_editor):
        """Part of CREATE TABLE: the policy has to wait until the table exists."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, model, instance, exclude=None, using=None):
        """The database decides; nothing to check beforehand."""

    def deconstruct(self):
        """For migrations."""
        path, args, kwargs = super().deconstruct()
        kwargs["column"] = self.column
        if self.append_only:
            kwargs["append_only"] = True
        return path, args, kwargs

    def __eq__(self, other):
        return isinstance(other, TenantPolicy) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash((self.name, self.column, self.append_only))

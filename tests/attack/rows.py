"""One row of every table for somebody, made from the fields of the models alone, so that a new table is tried by itself."""

import datetime as dt
import itertools
import os
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import IntegrityError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation, User
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Relation
from jobformidler.core import bounds, clock, db
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.models import Municipality
from tests.factories import make_citizen, make_municipality, make_user

DAY = dt.date(2026, 11, 23)
SINCE = dt.date(2026, 6, 1)


class CannotMakeError(AssertionError):
    """The table's rules refuse every row that can be made from its fields."""


def tables() -> list[type[models.Model]]:
    """Every table with a tenant's policy, history included; `test_fences` tells of those without."""
    return sorted(bounds.fenced(), key=lambda model: model._meta.db_table)


@dataclass
class Subject:
    """A citizen of a municipality, referred to a provider, with one row of every table."""

    municipality: Municipality
    provider: Organisation
    helper: User
    citizen: Citizen
    relation: Relation
    made: dict[type[models.Model], models.Model] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def row(self, model: type[models.Model]) -> models.Model:
        """The subject's row of the table, made when it is first asked for."""
        if model not in self.made:
            source = getattr(model, "pgh_tracked_model", None)
            if source:
                self.made[model] = model._base_manager.create(**self._history(model, source))
            else:
                self.made[model] = self._create(model)
        return self.made[model]

    def _create(self, model: Any) -> models.Model:
        """With as little as possible; where the table's rules refuse that, with other choices, then with everything."""
        refusal: Exception | None = None
        for full, choice in ((False, 0), (False, -1), (True, 0), (True, -1)):
            try:
                with transaction.atomic():
                    return model._base_manager.create(**self._values(model, full=full, choice=choice))
            except IntegrityError as error:
                refusal = error
        raise CannotMakeError(f"no row of {model._meta.label} can be made; teach tests/attack/rows.py how") from refusal

    def _values(self, model: Any, *, full: bool, choice: int) -> dict[str, Any]:
        values = {}
        for item in model._meta.local_concrete_fields:
            if item.generated or item.primary_key:
                continue
            if item.column == "citizen_id":  # also where it may be empty: the row is to be about somebody
                values[item.attname] = self.citizen.pk
            elif (item.is_relation and item.null) or (not full and (item.null or item.has_default())):
                continue
            elif item.blank and not full and isinstance(item, models.CharField | models.TextField):
                values[item.name] = ""
            elif item.is_relation:
                values[item.name] = self._party(item.related_model)
            else:
                values[item.name] = self._plain(item, choice)
        return values

    def _party(self, target: Any) -> models.Model:
        known = {Municipality: self.municipality, User: self.helper, Organisation: self.provider}
        return known.get(target) or self.row(target)

    def _history(self, model: Any, source: Any) -> dict[str, Any]:
        row = self.row(source)
        shared = {item.attname for item in source._meta.local_concrete_fields}
        values = {
            item.attname: getattr(row, item.attname)
            for item in model._meta.local_concrete_fields
            if item.attname in shared
        }
        return {
            **values,
            "pgh_obj_id": row.pk,
            "pgh_label": "update",
            "pgh_created_at": clock.at_time(DAY, 9),
            "pgh_context_id": uuid.uuid4(),
        }

    def _plain(self, item: Any, choice: int) -> Any:
        n = next(self.numbers)
        if item.choices:
            return [code for code, _label in item.flatchoices if code != ""][choice]
        by_class: list[tuple[type, Any]] = [
            (EncryptedTextField, f"lukket {n}"),
            (models.BinaryField, os.urandom(16)),
            (models.EmailField, f"n{self.municipality.code}.{n}.{self.provider.pk}@example.test"),
            (models.UUIDField, uuid.uuid4()),
            (models.DateTimeField, clock.at_time(DAY, 9) + dt.timedelta(minutes=n)),
            (models.DateField, DAY + dt.timedelta(weeks=n)),  # a Monday; what is named later is later
            (models.BooleanField, False),
            (models.DecimalField, Decimal(1)),
            (models.PositiveSmallIntegerField, n % 100),  # a share in percent too
            (models.IntegerField, n),
            (models.DurationField, dt.timedelta(days=1)),
            (DateRangeField, DateRange(DAY, None)),
            (ArrayField, []),
            (models.JSONField, {}),
            (models.TextField, f"tekst {n}"),
            (models.CharField, f"{self.provider.pk}.{n}"[: item.max_length or 40]),
        ]
        return next(value for kind, value in by_class if isinstance(item, kind))


def make_provider(name: str) -> Organisation:
    """A provider, shared by all municipalities."""
    return Organisation.objects.create(kind=OrganisationKind.PROVIDER, name=name)


def make_subject(municipality: Municipality, provider: Organisation, number: int) -> Subject:
    """A citizen who is referred to the provider since June, and the provider's person who helps. Inside the context."""
    helper = make_user(municipality, f"Hjælper {number}", Role.CITIZEN)
    Membership.objects.filter(user=helper).update(organisation=provider, role=Role.JOBFORMIDLER)
    citizen = make_citizen(municipality, f"Borger Nummer{number}", number)
    relation = Relation.objects.create(
        municipality=municipality,
        citizen=citizen,
        organisation=provider,
        kind=RelationKind.PROVIDER,
        period=DateRange(SINCE, None),
    )
    return Subject(municipality, provider, helper, citizen, relation, made={Citizen: citizen, Relation: relation})


@dataclass
class Everybody:
    """Two municipalities, two providers that work in one of them, one that works in both."""

    here: Subject
    beside: Subject
    elsewhere: Subject

    @property
    def all(self) -> list[Subject]:
        """The three."""
        return [self.here, self.beside, self.elsewhere]


def make_everybody() -> Everybody:
    """One row of every table for each of three citizens: two of one municipality with different providers, one elsewhere."""
    one, two = make_municipality(901, "Første Kommune"), make_municipality(902, "Anden Kommune")
    first, second = make_provider("Springbræt"), make_provider("Fodfæste")
    with db.enter(one, reason="test"):
        here, beside = make_subject(one, first, 1), make_subject(one, second, 2)
        for model in tables():
            here.row(model)
            try:
                beside.row(model)
            except CannotMakeError:
                if bounds.way(model) is not None:
                    raise
                beside.made[model] = here.made[model]  # a table of settings: there is no second row in a municipality
    with db.enter(two, reason="test"):
        elsewhere = make_subject(two, first, 3)
        for model in tables():
            elsewhere.row(model)
    return Everybody(here, beside, elsewhere)

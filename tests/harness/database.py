"""Queries and values that work by luck fail."""

import datetime as dt
import random

from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import models
from django.db.models.query import MAX_GET_RESULTS, QuerySet


class UnorderedError(AssertionError):
    """A slice of rows without an order: which rows come is luck."""


class LocksTooMuchError(AssertionError):
    """A lock that also takes the joined rows."""


class MomentForDayError(AssertionError):
    """A moment was written where a day is meant; which day it is depends on the time zone."""


def _is_slice(queryset: QuerySet) -> bool:
    query = queryset.query
    return query.is_sliced and (query.low_mark, query.high_mark) != (0, MAX_GET_RESULTS)  # get() limits itself


def _shuffle(rows: list) -> None:
    before = list(map(id, rows))
    random.shuffle(rows)
    if list(map(id, rows)) == before:
        rows.reverse()


def _fetching(original):
    def _fetch_all(self):
        query = self.query
        if self._result_cache is not None:
            return original(self)
        if query.select_for_update and query.select_related and not query.select_for_update_of:
            raise LocksTooMuchError(f"{self.model.__name__}: select_for_update with select_related needs of=(...)")
        if not self.ordered and _is_slice(self):
            raise UnorderedError(f"{self.model.__name__}: sliced without an order")
        original(self)
        if not self.ordered and len(self._result_cache) > 1:
            _shuffle(self._result_cache)
        return None

    return _fetch_all


def _iterating(original):
    def iterator(self, *args, **kwargs):
        if self.ordered:
            return original(self, *args, **kwargs)
        if _is_slice(self):
            raise UnorderedError(f"{self.model.__name__}: sliced without an order")
        rows = list(original(self, *args, **kwargs))
        _shuffle(rows)
        return iter(rows)

    return iterator


def _day(original):
    def to_python(self, value):
        if isinstance(value, dt.datetime):
            raise MomentForDayError(f"{self}: {value!r} is a moment, not a day")
        return original(self, value)

    return to_python


def _days(original):
    def get_prep_value(self, value):
        for end in (getattr(value, "lower", None), getattr(value, "upper", None)):
            if isinstance(end, dt.datetime):
                raise MomentForDayError(f"{self}: {end!r} is a moment, not a day")
        return original(self, value)

    return get_prep_value


def install() -> None:
    """Patch Django for the rest of the process."""
    QuerySet._fetch_all = _fetching(QuerySet._fetch_all)
    QuerySet.iterator = _iterating(QuerySet.iterator)
    models.DateField.to_python = _day(models.DateField.to_python)
    DateRangeField.get_prep_value = _days(DateRangeField.get_prep_value)

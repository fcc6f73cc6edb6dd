"""What can be wrong with places although every single write was right."""

from django.db.models import Count, F, Q

from jobformidler.core.lists import labels
from jobformidler.core.rebuild import register_check
from jobformidler.openings.models import Place


def _contact_elsewhere():
    return Place.objects.filter(contact__isnull=False).exclude(contact__workplace=F("workplace"))


def _contact_gone():
    return Place.objects.filter(closed_on=None, contact__active=False)


def _unknown_accommodation():
    return Place.objects.exclude(accommodates=[]).exclude(accommodates__contained_by=list(labels("accommodation")))


def _more_paid_than_hours():
    tasks = Count("task_list", filter=Q(task_list__weekly_hours__gt=F("hours_max")))
    return Place.objects.annotate(too_long=tasks).filter(too_long__gt=0)


register_check("openings.contact_at_another_workplace", _contact_elsewhere)
register_check("openings.contact_has_left", _contact_gone)
register_check("openings.unknown_accommodation", _unknown_accommodation)
register_check("openings.task_longer_than_the_place", _more_paid_than_hours)

"""What can be wrong with periods although every single write was right."""

from django.db.models import Exists, OuterRef, Q

from jobformidler.core.enums import DeliveryStatus
from jobformidler.core.models import Delivery
from jobformidler.core.rebuild import register_check
from jobformidler.registers.models import FleksjobApproval, Spell


def _overlapping():
    later = Spell.objects.filter(citizen=OuterRef("citizen"), kind=OuterRef("kind"), start__gt=OuterRef("start"))
    return Spell.objects.filter(Q(Exists(later.filter(start__lt=OuterRef("end")))) | Q(Exists(later), end=None))


def _approvals_overlapping():
    later = FleksjobApproval.objects.filter(citizen=OuterRef("citizen"), approved_on__gt=OuterRef("approved_on"))
    return FleksjobApproval.objects.filter(
        Q(Exists(later.filter(approved_on__lt=OuterRef("ended_on")))) | Q(Exists(later), ended_on=None)
    )


def _file_left_behind():
    done = (DeliveryStatus.DONE, DeliveryStatus.FAILED)
    return Delivery.objects.filter(status__in=done).exclude(stored_as="")


register_check("registers.overlapping_periods", _overlapping)
register_check("registers.overlapping_approvals", _approvals_overlapping)
register_check("registers.file_left_behind", _file_left_behind)

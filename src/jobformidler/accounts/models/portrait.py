"""The picture of an employee, shown to the citizens they help (JF-01, CIT-12)."""

from django.db import models

from jobformidler.accounts.models.people import User


class Portrait(models.Model):
    """A square JPEG, redrawn when it came in, so that nothing else from the file is kept. At most one each.

    No row policy: it is shown wherever the person's name is, and holds nothing about a citizen.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="portrait")
    image = models.BinaryField()
    changed_at = models.DateTimeField()

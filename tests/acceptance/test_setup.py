"""What the requirements say about those who work here, seen as an administrator meets it."""

import pytest
from django.urls import reverse

from jobformidler.accounts.enums import Background

pytestmark = pytest.mark.django_db


def test_another_background_than_employer_consultant_is_saved_with_the_recommendation(world, client):
    client.force_login(world.admin)
    values = {"name": world.line.name, "email": world.line.email, "phone": "00 00 00 21", "title": ""}
    for background, told in ((Background.MENTOR, True), (Background.EMPLOYER_CONSULTANT, False)):
        world.line.refresh_from_db()
        sent = {**values, "background": background, "version": world.line.version}
        client.post(reverse("user", args=[world.line.pk]), sent)
        said = [str(message) for message in client.get(reverse("user", args=[world.line.pk])).context["messages"]]
        world.line.refresh_from_db()
        assert world.line.background == background
        assert any("anbefaler" in message for message in said) == told
        assert world.line.memberships.get().unit == world.unit

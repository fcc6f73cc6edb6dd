"""All addresses, by area."""

urlpatterns: list = []

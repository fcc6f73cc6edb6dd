"""Editable lists: reading them cheaply, and the seed values that a migration writes."""

from django.core.cache import cache

from jobformidler.core.models import ListItem


def choices(name: str) -> list[tuple[str, str]]:
    """(code, label) of the active entries of a list, in order. Cached for a minute per process."""
    key = f"list:{name}"
    found = cache.get(key)
    if found is None:
        found = list(ListItem.objects.filter(list=name, active=True).values_list("code", "label"))
        cache.set(key, found, 60)
    return found


def labels(name: str) -> dict[str, str]:
    """code → label of all entries, also those no longer in use (history must stay readable)."""
    key = f"labels:{name}"
    found = cache.get(key)
    if found is None:
        found = dict(ListItem.objects.filter(list=name).values_list("code", "label"))
        cache.set(key, found, 60)
    return found


def forget(name: str) -> None:
    """Drop the cached list after a change."""
    cache.delete_many([f"list:{name}", f"labels:{name}"])

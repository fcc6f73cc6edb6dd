"""The words of the field, so that everybody means the same by them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.core.glossary import AREAS, Term, terms
from jobformidler.web.guards import roles
from jobformidler.web.http import Request


def _fits(term: Term, words: list[str]) -> bool:
    text = f"{term.danish} {term.definition_da} {term.code}".casefold()
    return all(word in text for word in words)


@roles()
def glossary(request: Request) -> HttpResponse:
    """All terms by area; `q` searches words and meanings, `omraade` shows one area. Both are harmless in an address."""
    term, area = request.GET.get("q", "").strip()[:60], request.GET.get("omraade", "")
    words = term.casefold().split()
    found = [t for t in terms() if _fits(t, words) and (area not in AREAS or t.area == area)]
    groups = [(danish, [t for t in found if t.area == key]) for key, (_english, danish) in AREAS.items()]
    options = [("", _("all"), area not in AREAS), *((key, danish, key == area) for key, (_e, danish) in AREAS.items())]
    context = {
        "term": term,
        "area": area,
        "groups": [(name, rows) for name, rows in groups if rows],
        "heading": ngettext("%(n)s word", "%(n)s words", len(found)) % {"n": len(found)},
        "kept": {"q": term} if term else {},
        "filters": [
            {
                "label": _("Area"),
                "name": "omraade",
                "value": AREAS[area][1] if area in AREAS else _("all"),
                "options": options,
            }
        ],
    }
    return render(request, "glossary/glossary.html", context)

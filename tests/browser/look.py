"""Looking at a page the way everybody must be able to: axe, a telephone's width, Danish words, nothing left over."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
AXE = Path(settings.ROOT) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
TEXTS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"].includes(parent.tagName)) found.push(walk.currentNode.data);
  }
  for (const node of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
    for (const name of ["aria-label", "placeholder", "title", "alt"])
      if (node.hasAttribute(name)) found.push(node.getAttribute(name));
  found.push(document.title);
  return found.map(text => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
PARTS = """() => [...new Set([...document.querySelectorAll("body *")].map(
  node => node.tagName + "." + (node.getAttribute("class") || "") + (node.hasAttribute("aria-invalid") ? "!" : "")))]
  .sort().join(" ")"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """What axe finds wrong at the page's present width, one line each."""
    page.evaluate(_axe())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})", RULES
    )
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@cache
def _english() -> tuple[frozenset[str], tuple[re.Pattern, ...]]:
    """Messages of the catalogue whose Danish is another text: whole, and as patterns around their values."""
    import gettext

    folder = Path(settings.LOCALE_PATHS[0]) / "da" / "LC_MESSAGES" / "django.mo"
    with folder.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # the one place that holds all pairs
    whole, patterns = set(), []
    danish_texts = {str(value) for value in known.values()}
    for key, danish in known.items():
        english = key[0] if isinstance(key, tuple) else key
        english = english.rpartition("\x04")[2]
        if not english or english.casefold() == str(danish).casefold():
            continue
        pieces = re.split(r"%\(\w+\)[sd]", english)
        if len(pieces) == 1:
            if english not in danish_texts:
                whole.add(english)
        elif sum(len(piece.strip()) for piece in pieces) >= 8:
            patterns.append(re.compile(".+?".join(re.escape(piece) for piece in pieces)))
    return frozenset(whole), tuple(patterns)


def english_words(texts: list[str]) -> list[str]:
    """Texts that are English messages the catalogue has Danish for."""
    whole, patterns = _english()
    return [text for text in texts if text in whole or any(pattern.fullmatch(text) for pattern in patterns)]


def faults(page: Page, seen: set[str]) -> list[str]:
    """Everything wrong with the page as it stands, at both widths; nothing when pages of the same parts were seen."""
    page.wait_for_load_state("load")
    parts = page.evaluate(PARTS)
    if parts in seen:
        return []
    seen.add(parts)
    texts = page.evaluate(TEXTS)
    found = [f"English: {text}" for text in english_words(texts)]
    found += [f"left over: {text[:80]}" for text in texts if re.search(r"{{|{%|%\(\w+\)s|\bNone\b", text)]
    before = page.viewport_size
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        found += [f"{size['width']} px, {line}" for line in axe(page)]
        if size is PHONE:
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > size["width"]:
                found.append(f"390 px: the page is {wide} px wide")
    page.set_viewport_size(before)
    return [f"{page.url}: {fault}" for fault in found]

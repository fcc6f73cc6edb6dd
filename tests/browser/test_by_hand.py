"""Without a mouse, and without scripts."""

import re

import pytest

from jobformidler.demo import setting

pytestmark = pytest.mark.browser


def test_a_note_is_written_with_the_keyboard_alone(person, fjordby):
    line = person()
    line.go("/log-ind/")
    keys = line.page.keyboard
    line.page.locator("#id_username").focus()
    keys.type(setting.email("Line"))
    keys.press("Tab")
    keys.type(setting.PASSWORD)
    keys.press("Enter")
    line.page.wait_for_url("**/i-dag/")

    keys.press("Tab")
    assert line.page.evaluate("document.activeElement.className") == "skip"
    keys.press("Enter")
    assert line.page.evaluate("document.activeElement.id") == "main"

    keys.press("/")
    assert line.page.evaluate("document.activeElement.id") == "search"
    keys.type("Mona Havtorn")
    keys.press("Enter")
    line.page.wait_for_url("**/soeg/")
    line.look()
    reach(line, "Mona Havtorn")
    keys.press("Enter")
    line.page.wait_for_url("**/sag/*/")

    reach(line, "Registrér")
    keys.press("Enter")
    assert line.page.locator("details[open]").count() == 1
    keys.press("Escape")
    assert line.page.locator("details[open]").count() == 0
    assert "Registrér" in line.page.evaluate("document.activeElement.innerText")
    keys.press("Enter")
    reach(line, "Notat")
    keys.press("Enter")
    line.page.wait_for_url("**/notat/*")
    reach(line, "", tag="TEXTAREA")
    keys.type("Mona har taget bussen alene.")
    reach(line, "Skriv notatet")
    with line.page.expect_navigation():
        keys.press("Enter")
    line.sees("Notatet er skrevet").go(f"/sag/{fjordby.case_of('Mona', 'Havtorn')}/tidslinje/").sees(
        "Mona har taget bussen alene."
    )


def reach(someone, text: str, tag: str = "") -> None:
    """Press Tab until the focus is on what begins with this text, or is this kind of field."""
    for _press in range(120):
        someone.page.keyboard.press("Tab")
        name, words = someone.page.evaluate("[document.activeElement.tagName, document.activeElement.innerText || '']")
        outline = someone.page.evaluate(
            "(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none')(getComputedStyle(document.activeElement))"
        )
        assert outline or name == "BODY", f"{words[:40]} shows no focus"
        if (tag and name == tag) or (text and words.strip().startswith(text)):
            return
    raise AssertionError(f"{text or tag} is not reached with Tab")


def test_a_conversation_is_registered_without_scripts(person, fjordby):
    line = person("Line", scripts=False).go("/borgere/")
    row = line.page.locator(".work-row", has_text="Sofie Engkarse")
    line.tap_on(row.get_by_role("link", name=re.compile("samtale")))
    assert "/samtale/" in line.path
    line.choose("Ja").fill("Hvad aftalte I?", "Sofie vælger i morgen.").tap("Gem samtalen")
    line.sees("Samtalen med Sofie er registreret")


def test_a_value_of_an_agreement_and_the_hours_of_a_week_are_kept_without_scripts(person, fjordby):
    line = person("Line", scripts=False).go(f"/sag/{fjordby.case_of('Jonas', 'Klitrose')}/find-en-plads/")
    line.tap_on(line.page.get_by_role("button", name=re.compile("Foreslå")).first).tap("Ja, skriv aftalen")
    line.tap(re.compile("^På vej mod ordinære timer")).sees("på vej mod ordinære timer")
    line.tap(re.compile(r"^\d+ timer om ugen$")).sees("Gem")
    field = line.page.locator(".v-panel input[name=typed]")
    field.fill("12")
    line.tap("Gem", inside=".v-panel").sees("12 timer om ugen")

    line.go(f"/sag/{fjordby.case_of('Mona', 'Havtorn')}/")
    line.tap_on(line.page.locator("summary", has_text="Registrér").first).tap(re.compile("^Timer"))
    line.tap("Ret timer").fill("Løntimer", "6").fill("Praktiktimer", "9").tap("Gem ugen").sees("6")

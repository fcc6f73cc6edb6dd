"""The parts screens are built from: Danish signs, and markup that works for everybody."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template, engines
from django.test import RequestFactory
from django.utils import translation

from jobformidler.web import danish
from jobformidler.web.gallery.forms import PartsForm

WEB = Path(danish.__file__).parent
TUESDAY = dt.date(2026, 3, 3)


@pytest.fixture(autouse=True)
def danish_screens():
    with translation.override("da"):
        yield


def draw(source, **context):
    return Template("{% load i18n jf %}" + source).render(Context(context))


def include(name, **context):
    return engines["django"].get_template(f"components/{name}.html").render(context, RequestFactory().get("/"))


def test_dates_near_and_short_are_danish():
    assert danish.day_near(TUESDAY) == "tirsdag 3.\u00a0marts"
    assert danish.day_near(TUESDAY, weekday=False, year=True) == "3.\u00a0marts 2026"
    assert danish.day_short(TUESDAY) == "3.3.2026"
    assert danish.day_month(TUESDAY) == "3.3."


def test_a_time_of_day_has_a_dot_and_two_digits_of_minutes():
    assert danish.hour_minute(dt.time(9, 5)) == "9.05"
    assert danish.clock(dt.time(14, 10)).endswith("\u00a014.10")
    assert danish.clock(dt.time(13), short=True).endswith("\u00a013")


def test_a_moment_is_told_in_local_time():
    assert danish.hour_minute(dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC)) == "10.00"


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("7.50"), "7,5"), (5, "5"), (Decimal("10.00"), "10"), (0.25, "0,25"), (0, "0")]
)
def test_hours_lose_empty_decimals(value, text):
    assert danish.hours(value) == text


def test_numbers_have_dots_between_thousands_and_a_true_minus():
    assert danish.number(1234567) == "1.234.567"
    assert danish.number(Decimal("-2.5"), places=1) == "\u22122,5"


def test_a_phone_number_in_a_text_stays_on_one_line():
    assert danish.phone("Line kan ringes op på 00 00 00 21 i 10 12 dage.") == (
        "Line kan ringes op på 00\u00a000\u00a000\u00a021 i 10 12 dage."
    )


def test_money_is_told_in_kroner():
    assert danish.kroner(1_200_000) == "12.000\u00a0kr."
    assert danish.kroner(1_200_050) == "12.000,50\u00a0kr."


@pytest.mark.parametrize(("name", "genitive"), [("Mona", "Monas"), ("Jonas", "Jonas'"), ("Max", "Max'"), ("", "")])
def test_the_genitive_follows_the_last_letter(name, genitive):
    assert danish.possessive(name) == genitive


def test_initials_are_of_first_and_last_name():
    assert danish.initials("Anna Marie Klitrose") == "AK"
    assert danish.initials("Birte") == "B"


def test_a_field_with_an_error_points_to_its_sentence():
    form = PartsForm(data={"start": "30.2.2027"})
    form.is_valid()
    html = draw("{% field form.start %}", form=form)
    assert 'aria-describedby="id_start-hint id_start-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_start-error"' in html


def test_the_summary_links_to_every_field_with_an_error():
    form = PartsForm(data={"start": "30.2.2027", "visit": "14", "kind": "meet", "skill": "1"})
    form.is_valid()
    html = draw("{% form_errors form %}", form=form)
    assert 'href="#id_start"' in html
    assert 'href="#id_topics_0"' in html
    assert "påkrævet" not in html


def test_a_form_in_order_has_no_summary():
    class Empty(forms.Form):
        pass

    assert draw("{% form_errors form %}", form=Empty(data={})).strip() == ""


def test_choices_are_a_group_with_a_legend():
    html = draw("{% field form.kind %}", form=PartsForm())
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_a_hidden_field_is_drawn_bare():
    class Hidden(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    assert draw("{% field form.key %}", form=Hidden()).strip().startswith('<input type="hidden"')


def test_the_row_of_a_work_list_names_its_person_and_its_step():
    row = {
        "id": "r",
        "figure": "3",
        "unit": "dage",
        "name": "Bent",
        "url": "/b/",
        "why": "Bent skrev.",
        "action": "Svar Bent",
        "action_url": "/s/",
    }
    html = include("work_row", row=row, primary=True)
    assert 'href="/b/"' in html
    assert re.search(r'class="button button-primary" href="/s/"', html)


def test_words_from_people_are_escaped():
    row = {"id": "r", "name": "<script>x</script>", "url": "/", "why": "<b>", "action": ""}
    html = include("work_row", row=row)
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_value_of_the_agreement_that_is_missing_asks_with_a_verb():
    assert (
        draw('{% v "contact" missing="skriv navn" %}')
        == '<a class="v v-missing" id="contact" href="?felt=contact#contact">skriv navn</a>'
    )


def test_the_slider_in_words_marks_where_one_is():
    html = draw("{% words_slider 1 %}")
    assert html.count("aria-current") == 1


def test_an_unknown_symbol_is_an_error():
    with pytest.raises(KeyError):
        draw('{% icon "no-such-symbol" %}')


def test_no_template_holds_inline_style_or_script():
    for path in (WEB / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", source), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), path


def test_every_part_is_on_the_page_of_parts(rf, settings):
    from jobformidler.web.gallery.views import gallery

    settings.DEBUG = True
    request = rf.get("/byggeklodser/")
    request.user = None
    html = gallery(request).content.decode()
    for mark in (
        "work-row",
        "case-top",
        "tab-container",
        "form-summary",
        "figure-funnel",
        "legend-ladder",
        "sheet",
        "match",
        "chip",
        "timeline",
    ):
        assert mark in html, mark
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))

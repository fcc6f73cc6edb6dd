"""Figures: the geometry says what the numbers say, at every width."""

import datetime as dt
import itertools

import pytest

from jobformidler.web.figures.bars import bars
from jobformidler.web.figures.funnel import FunnelStep, funnel
from jobformidler.web.figures.ladder import Step, Week, ladder
from jobformidler.web.figures.shapes import NARROW, Path, Rect, Text
from jobformidler.web.figures.stairs import Stair, stairs
from jobformidler.web.figures.trend import trend
from jobformidler.web.gallery import sample

MONDAY = dt.date(2026, 8, 31)


def texts(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def rects(drawing, css=None):
    return [s for s in drawing.shapes if isinstance(s, Rect) and (css is None or s.css == css)]


def test_a_paid_hour_is_as_high_as_an_internship_hour_and_both_start_at_zero():
    figure = ladder(weeks=[Week(MONDAY, paid=5, unpaid=10)], steps=[], today=MONDAY, title="En uge", scale=15)
    drawing = figure.drawings[0]
    paid = rects(drawing, "f-fjord")[0]
    unpaid = next(r for r in rects(drawing) if r.hatched)
    assert unpaid.h == pytest.approx(2 * paid.h)
    assert unpaid.y + unpaid.h == pytest.approx(paid.y)


def test_every_shape_of_the_ladder_stays_inside_its_drawing():
    for drawing in sample.ladder_figure().drawings:
        for rect in rects(drawing):
            assert rect.x >= 0 and rect.x + rect.w <= drawing.width + 1
            assert rect.y >= 0 and rect.y + rect.h <= drawing.height
        for text in texts(drawing):
            assert 0 <= text.x <= drawing.width
            assert 0 < text.y <= drawing.height


def test_captions_of_the_ladder_never_share_a_line_with_words_they_would_touch():
    narrow = next(d for d in sample.ladder_figure().drawings if d.width == NARROW)
    heads = sorted((t for t in texts(narrow) if t.css == "t1"), key=lambda t: t.x)
    assert len(heads) == 5
    for left, right in itertools.pairwise(heads):
        assert left.y != right.y or right.x - left.x > 70


def test_a_step_without_a_date_is_dashed_and_asks_for_it():
    drawing = sample.ladder_figure().drawings[0]
    assert any(isinstance(s, Path) and s.dash for s in drawing.shapes)
    assert "Datoen mangler" in {t.text for t in texts(drawing) if t.css == "tw"}


def test_a_ladder_without_weeks_still_has_an_axis():
    figure = ladder(weeks=[], steps=[Step(2, None, agreed=False, label="Datoen mangler")], today=MONDAY, title="Tom")
    assert all(drawing.shapes for drawing in figure.drawings)
    assert figure.kinds == frozenset()


def test_a_week_above_the_scale_stretches_the_axis():
    figure = ladder(weeks=[Week(MONDAY, paid=37)], steps=[], today=MONDAY, title="Fuld tid")
    assert "40" in {t.text for t in texts(figure.drawings[0])}


def test_the_current_stair_is_darkest_and_the_next_is_dashed():
    figure = stairs(steps=[Stair(0, MONDAY), Stair(5, MONDAY, current=True), Stair(10, coming=True)], title="Timer")
    assert len(rects(figure.drawing, "f-fjord")) == 1
    assert next(s for s in figure.drawing.shapes if isinstance(s, Path)).dash


def test_the_stairs_show_only_the_last_four_steps():
    figure = stairs(steps=[Stair(i, MONDAY) for i in range(7)], title="Timer")
    assert len(rects(figure.drawing)) == 4


def test_funnel_bars_are_to_scale_from_one_base_line():
    figure = funnel(steps=[FunnelStep("a", 100), FunnelStep("b", 50)], title="Vejen")
    first, second = rects(figure.drawings[0])
    assert first.h == pytest.approx(2 * second.h)
    assert first.y + first.h == pytest.approx(second.y + second.h)


def test_a_wait_over_its_goal_says_the_goal_in_words():
    over = FunnelStep("CV i gang", 81, share=0.72, median_days=24, goal_days=14)
    figure = funnel(steps=[over, FunnelStep("Ordinære timer", 19)], title="Vejen")
    assert over.over_goal
    assert over.goal_words in {t.text for t in texts(figure.drawings[0])}


def test_a_small_count_is_not_shown_in_the_funnel():
    figure = funnel(steps=[FunnelStep("a", 40), FunnelStep("b", None)], title="Vejen")
    assert figure.steps[1].shown not in {"", "None", "0"}


def test_numbers_of_the_funnel_link_to_their_cases():
    assert all(drawing.has_links for drawing in sample.funnel_figure().drawings)


def test_the_trend_starts_at_zero_and_ends_at_a_number():
    figure = trend(points=[("uge 1", 0), ("uge 2", 10)], title="Timer", goal=20)
    numbers = {t.text for t in texts(figure.drawings[0])}
    assert {"0", "10"} <= numbers
    assert figure.desc == "uge 1: 0; uge 2: 10"


def test_bars_keep_their_order_and_fill_the_longest():
    rows = bars([("a", 2, "", ""), ("b", 4, "", "")])
    assert [row.share for row in rows] == [50, 100]

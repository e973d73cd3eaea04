"""A chart that follows sliders: what it draws, when it draws anew, what it says."""

from __future__ import annotations

import re

import pytest
from ipywidgets import IntSlider

from gochan import charts
from gochan.widgets import Chart


def alt(chart):
    return chart.children[-1].picture["alt"]


def share(north, of=10):
    return charts.tally({"north": north, "south": of - north})


def test_it_shows_the_chart_and_draws_it_anew_when_a_slider_moves():
    drawn = []

    def draw(north=5, of=10):
        drawn.append((north, of))
        return share(north, of)

    chart = Chart(draw, north=(0, 10), of=[10, 20])
    north, of, view = chart.children
    assert alt(chart) == share(5).figure.get_label()
    north.value = 7
    of.value = 20
    assert alt(chart) == share(7, 20).figure.get_label()
    assert drawn == [(5, 10), (7, 10), (7, 20)]
    assert view.picture["image"]
    assert repr(chart) == "Chart: draw"


def test_a_figure_will_do_and_a_widget_of_one_s_own():
    slider = IntSlider(3, 0, 10)
    chart = Chart(lambda north: share(north).figure, north=slider)
    slider.value = 4
    assert alt(chart) == share(4).figure.get_label()


def test_a_page_without_widgets_has_a_plain_picture_with_alt_text(monkeypatch):
    shown = []
    monkeypatch.setattr(
        "gochan.widgets.chart.display", lambda *args, **kw: shown.append((args, kw))
    )
    chart = Chart(share, north=(0, 10))
    chart._ipython_display_()
    (_, _), ((bundle,), more) = shown
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert f'alt="{alt(chart)}"' in bundle["text/html"]
    assert more["metadata"]["image/png"]["alt"] == bundle["text/plain"] == alt(chart)
    assert chart.children[-1].still == alt(chart), "by that the view hides it"


def test_what_goes_wrong_later_is_said_in_the_picture_s_place():
    chart = Chart(share, north=(0, 20))
    slider, view = chart.children
    slider.value = 11
    assert view.picture["problem"] == "ValueError: tally: 'south' can't have come -1 times"
    assert view.picture["image"] == ""
    slider.value = 4
    assert view.picture["problem"] == ""
    assert alt(chart) == share(4).figure.get_label()


@pytest.mark.parametrize(
    ("draw", "parameters", "sentence"),
    [
        (3, {}, "Chart takes a function that draws, not 3"),
        (lambda: None, {}, "<lambda> has to return axes or a figure, not None"),
        (share, {}, "Chart can't call share with these parameters: missing a required argument"),
        (share, {"north": None}, "north=None is no range, list, bool, text, widget or live(...)"),
    ],
)
def test_what_is_no_chart_is_refused_at_once(draw, parameters, sentence):
    with pytest.raises(TypeError, match=f"^{re.escape(sentence)}"):
        Chart(draw, **parameters)


def test_what_the_function_raises_at_first_is_raised():
    with pytest.raises(ValueError, match="can't have come -5 times"):
        Chart(share, north=[15])

"""Comparisons of measured times: their geometry, their words, and that drawing anew only moves."""

from __future__ import annotations

import itertools
import math

import pytest
from matplotlib.figure import Figure

from gochan import charts
from gochan.charts.contest import contest, quartiles, ratio_text
from gochan.charts.placing import spread_out
from gochan.charts.time_axis import time_text

POINTS = {"mutex": [2e-7, 1e-7, 3e-7], "channel": [4e-7, 4e-7], "later": []}
LINES = {
    "mutex": {4: [4e-7], 1: [1e-7], 2: [2e-7]},
    "channel": {1: [3e-7], 2: [3e-7]},
}


def test_a_row_has_its_samples_their_quartiles_and_how_many_times_the_fastest():
    geometry = contest(POINTS)
    assert [row.name for row in geometry.rows] == ["mutex", "channel", "later"]
    mutex, channel, later = [row.summary for row in geometry.rows]
    assert mutex == ((1e-7, 2e-7, 3e-7), 1.5e-7, 2e-7, 2.5e-7, 1.0)
    assert (channel.median, channel.ratio) == (4e-7, 2.0)
    assert later is None
    assert geometry.scale == ("ns", 1e-9, False)


def test_samples_of_one_contender_far_from_anothers_need_a_logarithmic_axis():
    assert contest({"a": [1e-6], "b": [29e-6]}).scale.is_log is False
    assert contest({"a": [1e-6], "b": [31e-6]}).scale.is_log is True
    assert contest({"a": [0.0], "b": [31e-6]}).scale.is_log is False


def test_over_a_parameter_ratios_are_within_one_value_of_it():
    geometry = contest(LINES)
    mutex, channel = geometry.curves
    assert [(x, one.ratio) for x, one in mutex.points] == [(1, 1.0), (2, 1.0), (4, 1.0)]
    assert [(x, one.ratio) for x, one in channel.points] == [
        (1, pytest.approx(3.0)),
        (2, pytest.approx(1.5)),
    ]
    assert geometry.parameter_is_log
    assert not contest({"a": {10: [1], 20: [1], 30: [1]}}).parameter_is_log


def test_quartiles_lie_between_samples_by_proportion():
    assert quartiles([1.0]) == (1.0, 1.0, 1.0)
    assert quartiles([1.0, 2.0]) == (1.25, 1.5, 1.75)
    assert quartiles([1.0, 2.0, 3.0, 4.0, 5.0]) == (2.0, 3.0, 4.0)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (1e-10, "0.1 ns"),
        (1.234e-7, "123 ns"),
        (1e-6, "1.00 µs"),
        (0.0123, "12.3 ms"),
        (2, "2.00 s"),
        (1234, "1,234 s"),
    ],
)
def test_a_time_has_three_digits_and_the_unit_in_which_it_reads_well(seconds, text):
    assert time_text(seconds) == text


def test_nothing_is_so_many_times_as_slow_as_no_time():
    assert ratio_text(1) == "fastest"
    assert ratio_text(2.345) == "2.35x the fastest"
    assert ratio_text(math.inf) == ""
    assert contest({"a": [0.0], "b": [1.0]}).rows[1].summary.ratio == math.inf


def test_names_and_figures_stand_above_the_dots():
    axes = charts.timings(POINTS, what="time per operation")
    assert [text.get_text() for text in axes.texts] == [
        "mutex",
        "200 ns (150 ns to 250 ns), fastest, 3 samples",
        "channel",
        "400 ns (400 ns to 400 ns), 2.00x the fastest, 2 samples",
        "later",
        "not measured yet",
    ]
    assert axes.get_xlabel() == "time per operation (ns)"
    assert axes.get_xlim()[0] == 0


def test_the_alt_text_of_timings_has_every_figure():
    assert charts.timings({"mutex": [2e-7], "channel": [4e-7]}).figure.get_label() == (
        "Comparison of the time of 2 contenders. "
        "mutex: 200 ns, fastest, 1 sample; channel: 400 ns, 2.00x the fastest, 1 sample."
    )
    assert charts.timings(LINES, parameter="goroutines").figure.get_label() == (
        "The time of 2 contenders over goroutines. "
        "mutex: 100 ns at goroutines 1, 400 ns at 4; channel: 300 ns at goroutines 1, 300 ns at 2."
    )


def test_drawing_the_same_contenders_anew_moves_the_artists_that_are_there():
    axes = Figure().add_subplot()
    charts.timings({"a": [1.0], "b": [2.0]}, ax=axes)
    before = list(axes.lines)
    assert charts.timings({"a": [1.0, 3.0], "b": [2.0]}, ax=axes) is axes
    assert list(axes.lines) == before
    assert sorted(axes.lines[1].get_xdata()) == [1.0, 2.0, 3.0]
    assert axes.get_xlim() == (0, pytest.approx(3.15))
    assert "2.00 s (1.50 s to 2.50 s)" in axes.get_label()


def test_after_a_clear_or_with_other_contenders_all_is_drawn_anew():
    axes = Figure().add_subplot()
    charts.timings({"a": [1.0]}, ax=axes)
    axes.clear()
    charts.timings({"a": [1.0]}, ax=axes)
    assert len(axes.lines) == 3
    charts.timings({"a": [1.0], "b": [1.0]}, ax=axes)
    assert [text.get_text() for text in axes.texts][::2] == ["a", "b"]
    axes.set_facecolor("#111111")
    charts.timings({"a": [1.0], "b": [1.0]}, ax=axes)
    assert {text.get_color() for text in axes.texts} == {"#f0f0f0"}


def test_lines_end_in_their_names_which_keep_apart():
    crowd = {f"contender {n}": {1: [1.0], 2: [1.0 + n / 1000]} for n in range(8)}
    axes = charts.timings(crowd, parameter="procs")
    places = sorted(t.get_position()[1] for t in axes.texts)
    assert all(after - before > 0.04 for before, after in itertools.pairwise(places))
    assert "contender 1 · 1.00x the fastest" in {text.get_text() for text in axes.texts}


def test_spread_out_keeps_order_gap_and_bounds_and_moves_as_little_as_it_can():
    assert spread_out([0.5, 0.1], 0.1, 0, 1) == [0.5, 0.1]
    assert spread_out([0.5, 0.5], 0.2, 0, 1) == pytest.approx([0.4, 0.6])
    assert spread_out([0.0, 0.0, 0.0], 0.2, 0, 1) == pytest.approx([0, 0.2, 0.4])
    assert spread_out([1.0, 1.0, 0.95], 0.2, 0, 1) == pytest.approx([0.8, 1.0, 0.6])
    assert spread_out([0.5] * 11, 0.2, 0, 1) == pytest.approx([n / 10 for n in range(11)])
    assert spread_out([], 0.2, 0, 1) == []


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        (None, TypeError, r"^timings takes a dict such as .*, not NoneType$"),
        ({}, ValueError, r"^timings needs at least one contender$"),
        ({1: [1.0]}, TypeError, r"^a contender's name is a str, not 1$"),
        ({"a": None}, TypeError, r"^the times of 'a' are a list of seconds, not None$"),
        ({"a": "12"}, TypeError, r"^the times of 'a' are a list of seconds, not '12'$"),
        ({"a": [None]}, TypeError, r"^the times of 'a' are a list of seconds, not \[None\]$"),
        ({"a": [math.nan, 1]}, ValueError, r"^the times of 'a' are finite and not negative$"),
        ({"a": [math.inf]}, ValueError, r"^the times of 'a' are finite and not negative$"),
        ({"a": [-1]}, ValueError, r"^the times of 'a' are finite and not negative$"),
        ({"a": [1], "b": {1: [1]}}, TypeError, r"^either all contenders have a list of times, or"),
        ({"a": {"x": [1]}}, TypeError, r"^the parameter of 'a' is a number, not 'x'$"),
        ({"a": {math.nan: [1]}}, ValueError, r"^the parameter of 'a' is a finite number, not nan$"),
        ({"a": {1: [-1]}}, ValueError, r"^the times of 'a' at 1 are finite and not negative$"),
    ],
)
def test_what_is_no_measurement_is_refused_in_a_sentence(given, error, says):
    with pytest.raises(error, match=says):
        charts.timings(given)


def test_what_is_no_axes_is_refused_in_a_sentence():
    with pytest.raises(TypeError, match=r"^ax is a matplotlib Axes, such as Figure"):
        charts.timings({"a": [1.0]}, ax=Figure())

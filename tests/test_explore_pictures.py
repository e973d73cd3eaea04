"""Pictures of explorations are checked by their geometry and words, their display in a kernel."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path as FilePath
from types import SimpleNamespace

import nbformat
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient

from gochan import charts, explore, progress, sync
from gochan.analysis.findings import BAD_KINDS, verdict
from gochan.charts.branches import FOLD, MOST_ROWS, changes_of_hand, tree
from gochan.charts.figure import png
from gochan.charts.outcomes import MOST_ROWS as MOST_BARS
from gochan.charts.outcomes import rows
from gochan.charts.room import label
from gochan.charts.signs import SIGNS, inks

ROOT = FilePath(__file__).parent.parent
OK, STUCK = ("ok", "None"), ("deadlock", "all goroutines are asleep - deadlock!")


def found(paths, complete=True, runs=None):
    """An exploration with these paths: pairs of names and of outcomes."""
    counts = Counter(outcome for _, outcomes in paths for outcome in outcomes)
    failures = [
        SimpleNamespace(kind=kind, detail=detail, switches=1, schedule="g2 g1")
        for kind, detail in counts
        if kind != "ok"
    ]
    return SimpleNamespace(
        outcomes=Counter(runs) if runs else counts,
        failures=failures,
        complete=complete,
        paths=[SimpleNamespace(names=tuple(n.split()), outcomes=tuple(o)) for n, o in paths],
    )


def counted(complete=True, **counts):
    """An exploration whose paths were not kept: how often each kind came."""
    outcomes = Counter({(kind, kind): count for kind, count in counts.items()})
    failures = [
        SimpleNamespace(kind=kind, detail=kind, switches=1, schedule="g1")
        for kind in counts
        if kind != "ok"
    ]
    return SimpleNamespace(outcomes=outcomes, failures=failures, complete=complete, paths=[])


def full(letters, depth, outcome_of=lambda _: OK):
    """All paths of so many choices among these letters."""
    names = [" ".join(word) for word in itertools.product(letters, repeat=depth)]
    return found([(text, [outcome_of(text)]) for text in names])


CROSSED = found(
    [
        ("one one two two", [OK]),
        ("one main two", [STUCK]),
        ("two two one one", [OK]),
    ]
)


# -- in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exploration", "said"),
    [
        (counted(ok=36), "every schedule is right: 36 runs cover all of them"),
        (counted(ok=1), "every schedule is right: 1 run covers all of them"),
        (counted(complete=False, ok=20_000), "not exhaustive: 20,000 runs, none failed"),
        (counted(complete=False), "not exhaustive: no run came to its end"),
        (counted(ok=34, deadlock=2), "2 of 36 schedules end in a deadlock"),
        (counted(ok=2, deadlock=1), "1 of 3 schedules ends in a deadlock"),
        (counted(panic=1), "the only schedule panics"),
        (counted(panic=4), "all 4 schedules panic"),
        (counted(complete=False, ok=9, panic=1), "not exhaustive: 1 of 10 runs panics"),
        (
            counted(ok=6, wrong=30, race=36, leak=1),
            "30 of 36 schedules give a wrong result, 1 leaks goroutines, all 36 have a data race",
        ),
    ],
)
def test_the_verdict_is_a_sentence(exploration, said):
    assert verdict(exploration) == said


def test_it_is_not_called_right_if_main_returns_different_values():
    values = found([("a", [("ok", "1")]), ("b", [("ok", "2")])])
    assert verdict(values) == (
        "no schedule fails, but main returns 2 different values: 2 runs cover all of them"
    )


def test_a_run_with_two_races_counts_once_and_if_unknown_at_least_as_the_most_frequent():
    one, other = ("race", "a"), ("race", "b")
    exploration = found(
        [("a", [OK, one, other]), ("b", [OK, one]), ("c", [OK, other]), ("d", [OK])]
    )
    assert verdict(exploration) == "3 of 4 schedules have a data race"
    exploration.paths = exploration.paths[:1]
    assert verdict(exploration) == "at least 2 of 4 schedules have a data race"


# -- outcomes --------------------------------------------------------------------------------------


def test_outcomes_stand_in_order_ok_first_then_the_worst():
    exploration = counted(race=4, wrong=2, leak=1, ok=5, deadlock=1)
    found_rows = rows(exploration).rows
    assert [(row.kind, row.runs) for row in found_rows] == [
        ("ok", 5),
        ("deadlock", 1),
        ("wrong", 2),
        ("leak", 1),
        ("race", 4),
    ]


def test_each_outcome_has_a_bar_as_long_as_its_count_and_bad_ones_are_hatched():
    axes = charts.outcomes(CROSSED)
    widths = [bar.get_paths()[0].vertices[:, 0].max() for bar in axes.collections]
    hatches = [bar.get_hatch() for bar in axes.collections]
    assert widths == [2, 1]
    assert hatches[0] in (None, "")
    assert hatches[1] == SIGNS["deadlock"].hatch
    assert [line.get_marker() for line in axes.lines] == ["o", "s"]


def test_every_kind_has_a_shape_and_every_bad_kind_a_hatch_of_its_own():
    assert set(SIGNS) == {"ok", *BAD_KINDS}
    assert len({sign.marker for sign in SIGNS.values()}) == len(SIGNS)
    assert len({sign.hatch for sign in SIGNS.values()}) == len(SIGNS)


def test_long_details_are_shortened_and_many_outcomes_folded():
    exploration = found([("a", [("ok", f"{number} {'x' * 500}")]) for number in range(40)])
    geometry = rows(exploration)
    assert len(geometry.rows) == MOST_BARS
    assert geometry.folded == 40 - MOST_BARS
    assert all(len(row.text) <= 88 and row.text.endswith("…") for row in geometry.rows)
    texts = [text.get_text() for text in charts.outcomes(exploration).texts]
    assert f"and {geometry.folded} more outcomes" in texts


def test_the_alt_text_of_outcomes_names_them_with_their_counts():
    assert charts.outcomes(CROSSED).figure.get_label() == (
        "Outcomes of 3 runs, which are all schedules: "
        "2 x ok; 1 x deadlock: all goroutines are asleep - deadlock!."
    )


# -- the tree of choices ---------------------------------------------------------------------------


def test_runs_share_their_beginning_and_each_has_a_row():
    geometry = tree(CROSSED)
    places = [(b.row, b.parent, b.start, b.alone, b.end, b.kinds) for b in geometry.branches]
    assert places == [
        (0.5, None, 0, 1, 3, ("deadlock",)),
        (1.5, 0.5, 1, 1, 4, ("ok",)),
        (2.5, 0.5, 0, 0, 4, ("ok",)),
    ]
    assert (geometry.height, geometry.depth, geometry.runs, geometry.left_out) == (3, 4, 3, 0)


def test_the_failing_branch_is_straight_at_the_top_with_its_steps():
    geometry = tree(CROSSED)
    assert geometry.failure == STUCK
    assert [(step.text, step.start, step.end) for step in geometry.steps] == [
        ("one", 0, 1),
        ("main", 1, 2),
        ("two", 2, 3),
    ]
    axes = charts.schedules(CROSSED)
    strong = [line for line in axes.lines if line.get_linewidth() >= 3]
    assert [list(line.get_ydata()) for line in strong] == [[0.5, 0.5]]
    assert strong[0].get_xdata()[-1] == 3
    texts = [text.get_text() for text in axes.texts]
    assert [text for text in texts if text in ("one", "main", "two")] == ["one", "main", "two"]


def test_of_failing_branches_the_one_with_the_fewest_changes_of_hand_is_strong():
    restless, calm = "a b a b", "a a b b"
    exploration = found([(restless, [STUCK]), (calm, [STUCK]), ("b b a a", [OK])])
    assert [step.text for step in tree(exploration).steps] == ["a x2", "b x2"]
    assert changes_of_hand(restless.split()) == 3


def test_a_worse_kind_comes_before_a_race_which_every_run_may_have():
    race = ("race", "count")
    exploration = found([("a a", [OK, race]), ("a b", [("wrong", "1"), race])])
    geometry = tree(exploration)
    assert geometry.failure == ("wrong", "1")
    assert [branch.kinds for branch in geometry.branches] == [("wrong", "race"), ("race",)]
    assert [label(branch) for branch in geometry.branches] == ["wrong: 1", "ok"]


def test_if_nothing_fails_the_first_run_is_on_top_and_not_strong():
    exploration = full("ab", 2)
    assert tree(exploration).failure is None
    axes = charts.schedules(exploration)
    assert not [line for line in axes.lines if line.get_linewidth() >= 3]


def test_who_leaves_a_branch_at_the_same_choice_stands_in_the_order_of_the_runs():
    ends = [("a", [OK]), ("b", [("ok", "1")]), ("c", [("ok", "2")]), ("d", [("ok", "3")])]
    assert [label(branch) for branch in tree(found(ends)).branches] == [
        "ok",
        "ok: 1",
        "ok: 2",
        "ok: 3",
    ]


def test_lines_never_cross():
    branches = tree(full("abc", 4, lambda text: STUCK if text == "b c b a" else OK)).branches
    assert len(branches) == 81
    for branch in branches[1:]:  # whoever has a row between it and its parent goes on to the right
        between = [other for other in branches if branch.parent < other.row < branch.row]
        assert all(other.start >= branch.start for other in between)
        assert any(other.row == branch.parent for other in branches)


def test_more_branches_than_rows_are_folded_with_their_counts_and_no_run_is_lost():
    exploration = full("ab", 9, lambda text: STUCK if text.endswith("b a b") else OK)
    geometry = tree(exploration)
    folds = [branch for branch in geometry.branches if branch.is_folded]
    assert folds
    assert geometry.height <= MOST_ROWS
    assert sum(branch.runs for branch in geometry.branches) == 512
    assert all(branch.height == FOLD for branch in folds)
    (pure,) = {label(fold) for fold in folds if fold.runs == 2 and fold.kinds == ("ok",)}
    assert pure == "2 ok"
    mixed = {label(fold) for fold in folds if fold.runs == 4 and len(fold.kinds) == 2}
    assert mixed <= {"4 runs, 1 deadlock", "4 runs, 2 deadlock"}
    assert {"deadlock", "ok"} <= {kind for branch in folds for kind in branch.kinds}
    assert label(geometry.branches[0]) == "deadlock"


def test_two_hundred_branches_are_drawn_one_by_one():
    exploration = found([(f"a{number // 14} b{number % 14}", [OK]) for number in range(190)])
    geometry = tree(exploration)
    assert len(geometry.branches) == 190
    assert not any(branch.is_folded for branch in geometry.branches)


def test_a_failing_branch_with_more_ways_off_it_than_rows_stays_whole():
    deep = [(" ".join(["a"] * depth + ["b"]), [OK]) for depth in range(600)]
    exploration = found([*deep, (" ".join(["a"] * 600), [STUCK])])
    geometry = tree(exploration)
    assert geometry.branches[0].end == 600
    assert geometry.height <= MOST_ROWS
    assert geometry.left_out == 601 - sum(branch.runs for branch in geometry.branches)
    assert f"{geometry.left_out} runs not drawn" in charts.schedules(exploration).get_xlabel()


def test_paths_that_look_the_same_are_one_branch_with_its_count():
    geometry = tree(found([("a b", [OK])] * 2 + [("b", [OK])]))
    assert [(branch.runs, branch.is_folded) for branch in geometry.branches] == [
        (2, False),
        (1, False),
    ]
    assert label(geometry.branches[0]) == "2 ok"


def test_one_run_without_choices_and_none_at_all_are_drawn_too():
    axes = charts.schedules(found([("", [OK])]))
    assert axes.get_xlabel() == "no choices: there is one schedule"
    assert axes.figure.get_label() == (
        "Tree of the choices in 1 run, but there were none. "
        "every schedule is right: 1 run covers all of them."
    )
    nothing = found([], complete=False)
    assert png(charts.schedules(nothing).figure)
    assert png(charts.outcomes(nothing).figure)


def test_the_axis_says_if_not_all_runs_are_drawn():
    exploration = found([("a", [OK]), ("b", [OK])], runs={OK: 5_000})
    assert charts.schedules(exploration).get_xlabel() == (
        "choices made · the first 2 of 5,000 runs"
    )


def test_the_alt_text_of_the_tree_tells_the_failing_branch():
    assert charts.schedules(CROSSED).figure.get_label() == (
        "Tree of the choices in 3 runs, at most 4 in each. 1 of 3 schedules ends in a deadlock. "
        "deadlock: all goroutines are asleep - deadlock! comes of one, main, two."
    )


def test_names_that_are_too_long_for_their_choices_are_slanted_and_never_cover_each_other():
    names = " ".join(f"philosopher-{number}" for number in range(120))
    axes = charts.schedules(found([(names, [STUCK]), ("other", [OK])]))
    written = [text for text in axes.texts if text.get_text().startswith("philosopher")]
    assert 20 < len(written) < 120
    assert all(text.get_rotation() > 0 for text in written)
    places = [axes.transData.transform(text.xy)[0] for text in written]
    assert all(after - before > 10 for before, after in itertools.pairwise(places))


@pytest.mark.parametrize("draw", [charts.outcomes, charts.schedules])
def test_both_draw_into_given_axes_and_refuse_what_is_no_exploration(draw):
    axes = Figure().add_subplot()
    assert draw(CROSSED, ax=axes) is axes
    with pytest.raises(TypeError, match=rf"^{draw.__name__} draws an Exploration, not int: use"):
        draw(3)


@pytest.mark.parametrize("draw", [charts.outcomes, charts.schedules])
def test_the_same_exploration_gives_the_same_picture_to_the_byte(draw):
    assert png(draw(CROSSED).figure) == png(draw(CROSSED).figure)


@pytest.mark.parametrize("draw", [charts.outcomes, charts.schedules])
def test_words_are_light_on_dark_axes(draw):
    axes = Figure(facecolor="#111111").add_subplot(facecolor="#111111")
    draw(CROSSED, ax=axes)
    assert {text.get_color() for text in axes.texts} == {inks(axes).text} == {"#f0f0f0"}
    clear = Figure(facecolor="white").add_subplot(facecolor="none")
    assert inks(clear).text == "#222222"
    behind = Figure(facecolor="#111111").add_subplot(facecolor="none")
    assert inks(behind).text == "#f0f0f0"


def test_the_words_at_the_ends_stay_inside_the_figure():
    details = [OK, ("wrong", "x" * 300), ("panic", "send on closed channel")]
    paths = [(f"goroutine-{n} b", [details[n % 3], ("race", "r")]) for n in range(30)]
    axes = charts.schedules(found(paths))
    figure = axes.figure
    figure.draw_without_rendering()
    for text in axes.texts:
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()


# -- of real programs ------------------------------------------------------------------------------


def crossed_locks():
    a, b = sync.Mutex(), sync.Mutex()
    done = sync.WaitGroup()

    def one():
        a.lock()
        b.lock()
        b.unlock()
        a.unlock()

    def two():
        b.lock()
        a.lock()
        a.unlock()
        b.unlock()

    done.go(one)
    done.go(two)
    done.wait()


def test_crossed_locks_have_one_failing_branch_among_all_runs():
    exploration = explore(crossed_locks)
    geometry = tree(exploration)
    assert geometry.failure == STUCK
    assert sum(branch.runs for branch in geometry.branches) == sum(exploration.outcomes.values())
    assert [branch.kinds for branch in geometry.branches].count(("deadlock",)) == 1
    assert {step.name.split()[0] for step in geometry.steps} >= {"one", "two"}


# -- in a notebook ---------------------------------------------------------------------------------

PROGRAMS = """
from gochan import Var, explore, go, sync

def count_to_two():
    count = Var(0)
    done = sync.WaitGroup()

    def increment():
        count.value += 1

    def add():
        count.value += 1

    done.go(increment)
    done.go(add)
    done.wait()
    return count.value

def nothing():
    return 1
"""

BAR = """
from gochan.progress import Bar
now = 0.0
with Bar(clock=lambda: now) as bar:
    bar(1, 10, 0)
    now = 3.5
    bar(1200, 20_000, 2)
    now = 3.75
    bar(1300, 20_000, 2)
"""


@pytest.fixture(scope="module")
def outputs():
    """What each cell of a notebook showed, in a real kernel; and the bar's messages on the way."""
    sources = [
        PROGRAMS,
        "explore(count_to_two, expect=2)",
        "explore(nothing)",
        "explore(count_to_two, races=False)",
        "explore(count_to_two, expect=2, races=False).failures[0]",
        BAR,
    ]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(ROOT)}})
    shown = []
    output = client.output

    def watch(outs, msg, display_id, cell_index):
        shown.append((cell_index, msg["msg_type"], msg["content"].get("data", {})))
        return output(outs, msg, display_id, cell_index)

    client.output = watch
    client.execute()
    return SimpleNamespace(
        cells=[[dict(out.data) for out in cell.outputs if "data" in out] for cell in cells],
        shown=shown,
    )


def test_a_failed_exploration_shows_verdict_schedule_timeline_and_the_others(outputs):
    head, picture, others = outputs.cells[1]
    lines = head["text/plain"].splitlines()
    assert lines[0] == "2 of 4 schedules give a wrong result, all 4 have a data race"
    assert lines[1].split(" · ")[1:3] == ["wrong: 1", "in 2 of 4 schedules"]
    schedule = lines[2].removeprefix("schedule: ")
    assert f'<code style="user-select:all">{schedule}</code>' in head["text/html"]
    assert 'alt="Timeline of 3 goroutines' in picture["text/html"]
    assert {line.split(" · ")[1][:5] for line in others["text/plain"].splitlines()} == {"race:"}


def test_a_right_program_needs_one_line_and_no_picture(outputs):
    (head,) = outputs.cells[2]
    assert head["text/plain"] == "every schedule is right: 1 run covers all of them"
    assert head["text/html"] == f"<div><b>{head['text/plain']}</b></div>"


def test_different_values_are_counted_in_a_chart(outputs):
    head, picture = outputs.cells[3]
    assert "main returns 2 different values" in head["text/plain"]
    assert 'alt="Outcomes of 4 runs, which are all schedules' in picture["text/html"]


def test_a_failure_shows_itself_with_its_replay(outputs):
    head, summary, picture = outputs.cells[4]
    assert head["text/plain"].startswith("wrong: 1\nschedule: g")
    assert summary["text/plain"].startswith("ok, main returned 1 · t = 0s · 3 goroutines")
    assert "Timeline of 3 goroutines" in picture["text/html"]


def test_the_bar_appears_in_place_and_leaves_nothing_behind(outputs):
    assert outputs.cells[5] == [{"text/html": "", "text/plain": ""}]
    shown = [data["text/plain"] for cell, kind, data in outputs.shown if cell == 5 and data]
    assert shown[0] == "1,200 of up to 20,000 runs, 2 failures, 3 s"


# -- the bar, with a clock of the test's -----------------------------------------------------------


class Screen:
    """A display that notes what is shown in it."""

    def __init__(self):
        self.shown = []

    def __call__(self, bundle):
        self.shown.append(bundle)
        return self.shown.append


def test_a_search_of_a_second_shows_no_bar():
    now, screen = [0.0], Screen()
    with progress.Bar(clock=lambda: now[0], new_display=screen) as bar:
        bar(10, 100, 0)
        now[0] = 1.0
        bar(20, 100, 0)
    assert screen.shown == []


def test_a_longer_one_shows_a_bar_that_says_how_far_it_is_and_then_goes():
    now, screen = [5.0], Screen()
    with progress.Bar(clock=lambda: now[0], new_display=screen) as bar:
        now[0] = 8.9
        bar(5_000, 20_000, 1)
        now[0] = 9.1
        bar(10_000, 20_000, 2)
    first, second, last = screen.shown
    assert first["text/plain"] == "5,000 of up to 20,000 runs, 1 failure, 3 s"
    for part in (
        'role="progressbar"',
        'aria-valuemin="0" aria-valuemax="20000" aria-valuenow="10000"',
        'aria-valuetext="10,000 of up to 20,000 runs, 2 failures, 4 s"',
        "width:50.0%",
    ):
        assert part in second["text/html"]
    assert last == {"text/html": "", "text/plain": ""}


def test_the_bar_is_not_drawn_for_each_of_many_runs():
    now, screen = [0.0], Screen()
    with progress.Bar(clock=lambda: now[0], new_display=screen) as bar:
        for run in range(4_000):
            now[0] = run / 2_000
            bar(run, 4_000, 0)
    assert 9 <= len(screen.shown) <= 12


def test_the_bar_goes_when_the_search_is_interrupted():
    now, screen = [0.0], Screen()

    def search():
        with progress.Bar(clock=lambda: now[0], new_display=screen) as bar:
            now[0] = 2.0
            bar(1, 2, 0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search()
    assert len(screen.shown) == 2
    assert screen.shown[-1]["text/html"] == ""


def test_outside_a_notebook_the_bar_shows_nothing(capsys):
    now = [0.0]
    with progress.Bar(clock=lambda: now[0]) as bar:
        now[0] = 60.0
        bar(1, 2, 0)
    assert capsys.readouterr() == ("", "")

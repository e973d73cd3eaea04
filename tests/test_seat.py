"""The Scheduler's Seat without a browser, and its levels."""

from __future__ import annotations

import functools
import json
import math
import re
import threading

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from gochan import Var, explore, go, record, sync
from gochan.stepping.goals import lost_update
from gochan.widgets import LEVELS, Level, Seat

pytestmark = pytest.mark.long

MEANT = {"panic": {"panic", "fatal"}, "finish": {"ok"}}  # by a goal; the others are kinds
MOST_LINES, WIDEST = 20, 56


def data(seat):
    return json.loads(seat._view.data)


def tell(seat, **message):
    """As the browser does."""
    seat._on_message(seat._view, message, [])


def choose(seat, *texts):
    for text in texts:
        options = [f"{who}: {words}" for _, who, words in data(seat)["options"]]
        index = next(k for k, option in enumerate(options) if option.startswith(text))
        tell(seat, kind="move", index=index, at=data(seat)["count"])
    return data(seat)


def follow_hints(seat):
    """To the goal; how many of the moves were decisions, and what the hints said was left."""
    decisions, lefts = 0, []
    while data(seat)["ending"] is None:
        decisions += len(seat.position.options) > 1
        hint = seat.hint()
        lefts.append(hint.left)
        seat.move(data(seat)["hint"]["index"])
    return decisions, lefts


def counters():
    count = Var(0)
    wg = sync.WaitGroup()

    def visitor():
        count.value += 1
        wg.done()

    wg.add(2)
    go(visitor, name="ann")
    go(visitor, name="bob")
    wg.wait()
    return count.value


# -- the levels ------------------------------------------------------------------------------------

levels = pytest.mark.parametrize("level", LEVELS.values(), ids=lambda level: level.name)


def test_there_are_enough_levels_and_every_goal_has_one():
    assert len(LEVELS) >= 12
    goals = {"deadlock", "race", "leak", "panic", "wrong", "finish"}
    assert {one.goal for one in LEVELS.values()} == goals


@functools.cache
def won(name):
    """A Seat of the level that has followed its hints; the decisions; what was left each time."""
    seat = Seat(LEVELS[name])
    return seat, *follow_hints(seat)


@levels
def test_hints_lead_to_the_win_and_it_takes_three_decisions_at_least(level):
    seat, decisions, lefts = won(level.name)
    assert lefts == list(range(len(lefts), 0, -1))
    assert data(seat)["ending"]["won"]
    assert data(seat)["ending"]["lesson"] == level.lesson
    assert decisions >= 3


@levels
def test_the_winning_schedule_replays(level):
    schedule = data(won(level.name)[0])["schedule"]
    linger = math.inf if level.goal == "leak" else 0.0
    result = record(level.program, schedule=schedule, linger=linger)
    if level.goal == "race":
        assert lost_update(result.trace.events) is not None
    elif level.goal == "leak":
        assert result.leaked
    elif level.goal == "wrong":
        right = level.expect(result) if callable(level.expect) else result.value == level.expect
        assert not right
    else:
        assert result.outcome in MEANT.get(level.goal, {level.goal})


@levels
def test_explore_finds_that_end_and_a_harmless_one(level):
    found = explore(level.program, expect=level.expect, clock=level.clock, progress=lambda *_: None)
    kinds = {kind for kind, _ in found.outcomes}
    assert found.complete
    assert "ok" in kinds
    if level.goal != "race":  # a lost update is no kind of its own
        assert kinds & MEANT.get(level.goal, {level.goal})


@levels
def test_a_level_fits_the_seat_and_is_well_told(level):
    lines = level.text.strip().splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= WIDEST
    assert 1 <= len(re.findall(r"[.?!](?: |$)", level.story)) <= 3
    assert 2 <= len(re.findall(r"[.?!](?: |$)", level.lesson)) <= 3
    assert not level.wanted.endswith(".")


def test_a_level_is_data_that_anybody_can_write():
    own = Level(
        name="own",
        title="My own",
        goal="deadlock",
        story="Two and a lock.",
        lesson="Once. Not twice.",
        text="def main():\n    mu = sync.Mutex()\n    mu.lock()\n    mu.lock()\n",
    )
    seat = Seat(own)
    assert choose(seat, "main: lock mu")["ending"]["won"]
    assert [source[1] for source in json.loads(seat._view.about)["sources"]] == [1]
    with pytest.raises(ValueError, match=r"^the level 'none' has no function main$"):
        Seat(Level("none", "", "deadlock", "", "", "x = 1"))


# -- the game --------------------------------------------------------------------------------------


def test_a_move_says_what_it_did_and_what_can_be_done_next():
    seat = Seat(counters, "race")
    state = choose(seat, "main: add 2", "ann: read")
    assert state["said"] == "ann reads 0 from count."
    assert state["options"] == [[2, "ann", "write 1 to count"], [3, "bob", "read count"]]
    assert state["told"] == [
        "main adds 2 to wg. main starts ann. main starts bob.",
        "ann reads 0 from count.",
    ]


def test_undo_and_restart_take_moves_back():
    seat = Seat(counters, "race")
    before = choose(seat, "main", "ann: read")
    choose(seat, "bob: read")
    tell(seat, kind="undo", times=1)
    after = data(seat)
    assert {**after, "serial": 0} == {**before, "serial": 0}
    tell(seat, kind="undo", times=99)
    assert data(seat)["count"] == 0
    choose(seat, "main", "ann")
    tell(seat, kind="restart")
    assert data(seat)["count"] == 0


def test_every_message_gets_one_answer_so_that_the_browser_never_waits_in_vain():
    seat = Seat(counters, "race")
    messages = [
        {"kind": "move", "index": 0, "at": 0},
        {"kind": "move", "index": 0, "at": 0},  # for a picture that is gone
        {"kind": "move", "index": 9, "at": 1},
        {"kind": "undo", "times": 1},
        {"kind": "undo", "times": 1},
        {"kind": "restart"},
        {"kind": "hint"},
        {"kind": "watch"},
        {"kind": "paste", "text": "g2 g1"},
        {"kind": "paste", "text": "nonsense"},
        {"kind": "unheard of"},
    ]
    for message in messages:
        before = data(seat)["serial"]
        tell(seat, **message)
        assert data(seat)["serial"] == before + 1, message


def test_a_harmless_end_redirects():
    seat = Seat(counters, "race")
    while data(seat)["ending"] is None:
        choose(seat, "")
    ending = data(seat)["ending"]
    assert ending["head"] == "It ran through without harm; sabotage it before it finishes."
    assert not ending["won"]
    tell(seat, kind="hint")
    assert data(seat)["hint"]["undo"] > 0


def test_another_harm_than_the_goal_is_not_won():
    seat = Seat(LEVELS["letters"])
    for _ in range(40):
        if data(seat)["ending"] is None:
            choose(seat, "")
    assert data(seat)["ending"]["head"] == "It ended in a deadlock, which is not the goal here."


def test_a_hint_in_words():
    seat = Seat(LEVELS["ab_ba"])
    choose(seat, "main", "main")
    tell(seat, kind="hint")
    assert data(seat)["hint"] == {
        "index": 0,
        "text": "Let ann go: lock rent. 2 moves to the goal.",
        "undo": 0,
    }
    choose(seat, "ann: lock rent", "ann: lock food", "ann: unlock food", "ann: unlock rent")
    tell(seat, kind="hint")
    assert data(seat)["hint"]["text"] == (
        "From here the goal can't be reached any more: take back 3 moves."
    )
    tell(seat, kind="undo", times=1)
    assert data(seat)["hint"] is None


def test_a_goal_that_can_not_be_reached_is_said_so():
    seat = Seat(counters, "deadlock")
    tell(seat, kind="hint")
    assert data(seat)["hint"]["text"] == "No schedule of this program comes to the goal."


def test_a_neighbours_schedule_is_replayed_and_shown():
    mine, yours = Seat(LEVELS["ab_ba"]), Seat(LEVELS["ab_ba"])
    choose(mine, "main", "main", "bob", "ann")
    tell(yours, kind="paste", text=f' "{data(mine)["schedule"]}" ')
    assert data(yours)["ending"]["won"]
    assert data(yours)["told"] == data(mine)["told"]
    (player,) = yours.children[1].children
    assert json.loads(player.data)["outcome"] == "deadlock"


@pytest.mark.parametrize("text", ["", "seed 3", "first come"])
def test_a_schedule_without_choices_is_shown_too(text):
    seat = Seat(counters, "race")
    tell(seat, kind="paste", text=text)
    assert seat.children[1].children


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "That can't be played here: no schedule: 'hello'"),
        ("g7 g8", "That can't be played here: the schedule goes on with g7"),
    ],
)
def test_what_is_no_schedule_is_answered_with_a_sentence(text, sentence):
    seat = Seat(counters, "race")
    tell(seat, kind="paste", text=text)
    assert data(seat)["note"].startswith(sentence)
    assert not seat.children[1].children


def test_the_run_is_watched_in_the_players_timeline():
    seat = Seat(LEVELS["ab_ba"])
    follow_hints(seat)
    tell(seat, kind="watch")
    tell(seat, kind="watch")
    (player,) = seat.children[1].children
    assert json.loads(player.data)["outcome"] == "deadlock"


def test_a_game_without_end_is_bounded(monkeypatch):
    monkeypatch.setattr("gochan.widgets.seat.LONGEST_GAME", 5)

    def endless():
        mu = sync.Mutex()
        while True:
            with mu:
                pass

    seat = Seat(endless)
    for _ in range(6):
        choose(seat, "main")
    assert data(seat)["count"] == 5
    assert data(seat)["note"] == "5 moves, and no end: take some back, or start again."


def test_moves_from_many_threads_are_made_one_by_one():
    seat = Seat(counters, "race")

    def hurry():
        for at in range(6):
            tell(seat, kind="move", index=0, at=at)

    threads = [threading.Thread(target=hurry) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert data(seat)["count"] == 6


# -- what a page shows -----------------------------------------------------------------------------


def displayed(seat):
    shell = InteractiveShell.instance()
    publisher, shell.display_pub = shell.display_pub, CapturingDisplayPublisher(parent=shell)
    try:
        seat._ipython_display_()
        return [output["data"] for output in shell.display_pub.outputs]
    finally:
        shell.display_pub = publisher


def test_without_a_kernel_the_goal_and_the_program_can_be_read():
    widget, still = displayed(Seat(LEVELS["letters"]))
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert 'role="note" aria-label="Seat: Three letters"' in still["text/html"]
    assert "Your goal: bring the program to its end, without harm." in still["text/html"]
    assert "if post.recv() == name:" in still["text/html"]
    assert "Three letters come in a fixed order" in still["text/html"]


def test_a_program_of_the_notebooks_own_is_shown_with_its_own_lines():
    seat = Seat(counters, "wrong", expect=2, title="Two visitors")
    about = json.loads(seat._view.about)
    (source,) = about["sources"]
    assert source[1] == counters.__code__.co_firstlineno
    assert about["goal"] == "make main return something else than 2"
    assert about["title"] == "Two visitors"
    stands = data(seat)["standings"][0]
    assert source[2].splitlines()[stands["line"] - source[1]].strip() == "wg.add(2)"


@pytest.mark.parametrize(
    ("arguments", "options", "error", "sentence"),
    [
        ((None,), {}, TypeError, r"^Seat takes a program \(a function\) or a Level, not None$"),
        ((counters, "win"), {}, ValueError, "^goal is one of"),
        ((counters, "wrong"), {}, ValueError, '^goal="wrong" needs expect='),
        ((LEVELS["ab_ba"], "leak"), {}, TypeError, "^a Level brings its own goal"),
        ((LEVELS["ab_ba"],), {"clock": "any"}, TypeError, "^a Level brings its own clock"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments, options, error, sentence):
    with pytest.raises(error, match=sentence):
        Seat(*arguments, **options)


def test_a_move_that_is_not_there_is_an_error():
    with pytest.raises(IndexError, match=r"^there is 1 move here, no move 4$"):
        Seat(counters, "race").move(4)

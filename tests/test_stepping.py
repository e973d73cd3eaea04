"""Programs played move by move: what can be done, who is hindered by what, and how it ends."""

from __future__ import annotations

import math
import random

import pytest

from gochan import Chan, Var, default, explore, go, panic, record, recv, run, select, sync, time
from gochan.fuzz.generate import generate
from gochan.fuzz.source import main_of
from gochan.stepping import Game, Hints, Way

PROGRAMS = 40  # random ones


def play(game, *texts):
    """Makes the first move whose words begin with each of these, one after the other."""
    position = game.at()
    for text in texts:
        words = [f"{one.who}: {one.text}" for one in position.options]
        found = [one.way for one in position.options if f"{one.who}: {one.text}".startswith(text)]
        assert found, f"{text!r} is not among {words}"
        position = game.at((*position.moves, found[0]))
    return position


def moves(position):
    return [f"{one.who}: {one.text}" for one in position.options]


def standing(position, who):
    return next(one for one in position.standings if one.who == who)


def handover():
    shelf = Chan[int](name="shelf")
    go(shelf.send, 7, name="baker")
    return shelf.recv()


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


def circle():
    rent = sync.Mutex()
    food = sync.Mutex()
    wg = sync.WaitGroup()

    def move(first, second):
        with first, second:
            pass
        wg.done()

    wg.add(2)
    go(move, rent, food, name="ann")
    go(move, food, rent, name="bob")
    wg.wait()


# -- moves -----------------------------------------------------------------------------------------


def test_a_read_and_the_write_after_it_are_two_moves_and_the_value_is_told():
    position = play(Game(counters), "main: add 2 to wg")
    assert moves(position) == ["ann: read count", "bob: read count"]
    position = play(Game(counters), "main", "ann", "bob")
    assert moves(position) == ["ann: write 1 to count", "bob: write 1 to count"]


def test_starting_goroutines_is_seen_by_nobody_and_needs_no_move():
    position = Game(handover).at()
    assert position.start == "main starts baker."
    assert moves(position) == ["main: stand ready to receive from shelf"]


def test_who_would_only_wait_is_hindered_and_the_words_say_by_what():
    position = Game(handover).at()
    baker = standing(position, "baker")
    assert (baker.state, baker.text, baker.why, baker.since, baker.wakers) == (
        "blocked",
        "send 7 on shelf",
        "nobody is ready to receive",
        0,
        ("main",),
    )
    position = play(Game(handover), "main: stand ready")
    assert moves(position) == ["baker: send 7 on shelf"]
    main = standing(position, "main")
    assert (main.state, main.why, main.since, main.wakers) == (
        "blocked",
        "it stands ready to receive from shelf",
        1,
        ("baker",),
    )


def test_the_holder_of_a_lock_is_the_one_who_could_help():
    position = play(Game(circle), "main", "ann: lock rent", "bob: lock food")
    assert position.ending.is_won
    waits = {one.who: (one.why, one.since, one.wakers) for one in position.standings}
    assert waits == {
        "main": ("it waits for wg", 1, ("ann", "bob")),
        "ann": ("it waits to lock food", 2, ("bob",)),
        "bob": ("it waits to lock rent", 3, ("ann",)),
    }


def test_a_lock_taken_twice_can_be_freed_by_nobody_else():
    def twice():
        mu = sync.Mutex()
        mu.lock()
        mu.lock()

    position = play(Game(twice), "main: lock mu")
    assert standing(position, "main").wakers == ("itself",)


def test_each_ready_case_of_a_select_is_a_move():
    def two_ready():
        left = Chan[int](1)
        right = Chan[int](1)
        left.send(1)
        right.send(2)
        select(recv(left), recv(right))

    position = play(Game(two_ready), "main: send 1 on left", "main: send 2 on right")
    assert moves(position) == [
        "main: select: receive from left",
        "main: select: receive from right",
    ]
    assert position.told[-1].text == "main sends 2 on right."
    done = play(Game(two_ready), "main", "main", "main: select: receive from right")
    assert done.told[-1].text == "main receives 2 from right."


def test_default_is_a_move_only_while_no_case_is_ready():
    def look():
        shelf = Chan[int](1)
        go(shelf.send, 1, name="baker")
        select(recv(shelf), default)

    assert "main: select: take default" in moves(Game(look).at())
    after = play(Game(look), "baker")
    assert "main: select: receive from shelf" in moves(after)
    assert "main: select: take default" not in moves(after)


def test_the_clock_goes_on_when_nobody_can_run_or_whenever_it_is_let():
    def sleeper():
        flag = Var(False)

        def worker():
            flag.value = True

        go(worker)
        time.sleep(1.0)
        return flag.value

    strict = Game(sleeper, "wrong", expect=True)
    assert Hints(strict).after(()).move is None
    free = Game(sleeper, "wrong", expect=True, clock="any")
    words = []
    hints, position = Hints(free), free.at()
    while position.ending is None:
        way = hints.after(position.moves).move
        words.append(next(one.text for one in position.options if one.way == way))
        position = free.at((*position.moves, way))
    assert position.ending.is_won
    assert "go on to 1s" in words


def test_a_sleeper_is_told_from_one_who_is_blocked():
    def naps():
        wait = Chan[int](name="wait")

        def sleeper():
            time.sleep(1.0)
            wait.send(1)

        def other():
            gone = Var(0)
            gone.value = 1

        go(sleeper)
        go(other)
        wait.recv()

    position = Game(naps).at()
    napping = standing(position, "sleeper")
    assert (napping.state, napping.why, napping.wakers) == ("sleeping", "it sleeps", ("the clock",))
    assert standing(position, "main").state == "blocked"
    position = play(Game(naps), "other: write 1 to gone")
    assert (position.time, moves(position)) == ("1s", ["sleeper: send 1 on wait"])


def test_channels_locks_and_variables_are_shown_as_they_are_now():
    def stock():
        shelf = Chan[str](2, name="shelf")
        mu = sync.Mutex()
        count = Var(0)
        shelf.send("rye")
        with mu:
            count.value = 5
        shelf.close()

    position = play(Game(stock), "main: send", "main: lock mu", "main: write 5")
    (shelf,) = position.channels
    assert (shelf.name, shelf.cap, shelf.values, shelf.is_closed) == ("shelf", 2, ("'rye'",), False)
    assert [tuple(one) for one in position.things] == [
        ("mu", "Mutex", "locked by main"),
        ("count", "Var", "5"),
    ]


def test_what_was_printed_so_far_is_shown():
    def prints():
        mu = sync.Mutex()
        print("before")
        mu.lock()
        print("after")
        mu.unlock()

    assert Game(prints).at().output == "before\n"
    assert play(Game(prints), "main: lock").output == "before\nafter\n"


# -- endings ---------------------------------------------------------------------------------------


def test_a_lost_update_is_won_at_the_write_that_overwrites():
    game = Game(counters, "race")
    position = play(game, "main", "ann: read", "bob: read", "bob: write")
    assert position.ending is None
    position = play(game, "main", "ann: read", "bob: read", "bob: write", "ann: write")
    assert position.ending == ("race", "ann wrote 1 to count and never saw bob's 1", True)


def test_an_update_of_ones_own_is_not_lost():
    def alone():
        count = Var(0)
        count.value += 1
        count.value = 7
        return count.value

    assert Hints(Game(alone, "race")).after(()).move is None


def test_another_end_than_the_goal_is_told_apart():
    ends = {
        goal: play(Game(handover, goal, expect=7), "main", "baker", "main").ending
        for goal in ("deadlock", "finish", "wrong")
    }
    assert [(one.kind, one.is_won) for one in ends.values()] == [
        ("ok", False),
        ("ok", True),
        ("ok", False),
    ]


def test_a_panic_counts_until_main_returns():
    def closing():
        shelf = Chan[int](1)
        go(shelf.close, name="closer")
        shelf.send(1)

    won = play(Game(closing, "panic"), "closer", "main: send", "main: panic")
    assert won.ending == ("panic", "send on closed channel", True)


def test_a_leak_is_judged_when_nobody_can_go_on():
    def leaky():
        shelf = Chan[int]()
        stop = Chan[bool](1, name="stop")
        go(shelf.send, 1, name="baker")
        stop.send(True)

    position = play(Game(leaky, "leak"), "main: send", "main: return")
    assert position.ending == ("leak", "baker [chan send]", True)


def test_a_program_that_never_ends_ends_in_a_sentence():
    def endless():
        while True:
            time.sleep(1.0)

    position = Game(endless, max_steps=500).at()
    assert position.ending.kind == "budget"
    assert position.ending.detail == "the program took more than max_steps=500 steps"


def test_a_loop_that_only_looks_does_not_hang():
    def spins():
        flag = Var(False)

        def setter():
            flag.value = True

        go(setter)
        while not flag.value:
            pass

    position = play(Game(spins), *["main: read flag"] * 3)
    assert moves(position) == ["setter: write True to flag"]
    assert standing(position, "main").why == "it has looked, and nothing has changed since"


# -- schedules -------------------------------------------------------------------------------------


def test_the_schedule_of_a_position_replays_it():
    position = play(Game(circle), "main", "ann: lock rent", "bob: lock food")
    assert record(circle, schedule=str(position.schedule)).outcome == "deadlock"
    position = play(Game(counters, "race"), "main", "ann: r", "bob: r", "bob: w", "ann: w")
    assert run(counters, schedule=str(position.schedule)).value == 1


def test_a_schedule_becomes_the_moves_that_it_was_made_of():
    game = Game(circle)
    position = play(game, "main", "bob: lock food", "ann: lock rent")
    assert game.follow(position.schedule) == position.moves


def test_moves_that_can_not_be_made_are_left_out():
    game = Game(circle)
    assert game.at([("1", -1), ("9", -1), ("1.1", -1)]).moves == (("1", -1),)


# -- hints -----------------------------------------------------------------------------------------


def test_hints_lead_to_the_goal_in_as_many_moves_as_they_say():
    game, way = Game(circle), []
    hints = Hints(game)
    for left in (3, 2, 1):
        hint = hints.after(way)
        assert (hint.left, hint.is_certain) == (left, True)
        way.append(hint.move)
    assert game.at(way).ending.is_won


def test_when_the_goal_is_out_of_reach_a_hint_says_how_many_to_take_back():
    game = Game(circle)
    position = play(game, "main", "ann: lock rent", "ann: lock food", "ann: unlock", "ann: unlock")
    hint = Hints(game).after(position.moves)
    assert (hint.move, hint.undo, hint.is_certain) == (None, 3, True)
    assert Hints(game).after(position.moves[:-3]).move is not None


def test_a_goal_that_no_schedule_comes_to_has_no_hint():
    hint = Hints(Game(handover)).after(())
    assert hint == (None, 0, None, True)


def test_hints_are_the_same_each_time():
    assert Hints(Game(counters, "race")).after(()) == Hints(Game(counters, "race")).after(())


# -- against explore -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_playing_at_random_comes_to_what_explore_knows_and_replays(seed):
    main = main_of(generate(seed))
    known = explore(main, races=False, progress=lambda *_: None)
    assert known.complete
    lots, game = random.Random(seed), Game(main, "leak")
    way: tuple[Way, ...] = ()
    position = game.at()
    while position.ending is None:
        way = (*way, lots.choice(position.options).way)
        position = game.at(way)
        assert position.moves == way
    assert all(outcome in known.outcomes for outcome in position.outcomes)
    again = record(main, schedule=str(position.schedule), linger=math.inf)
    assert again.outcome == {"wrong": "ok"}.get(
        position.outcomes[0].kind, position.outcomes[0].kind
    )
    assert game.follow(position.schedule) == way


@pytest.mark.parametrize("seed", range(0, PROGRAMS, 4))
def test_a_goal_has_a_hint_if_and_only_if_explore_finds_it(seed):
    main = main_of(generate(seed))
    kinds = {kind for kind, _ in explore(main, races=False, progress=lambda *_: None).outcomes}
    for goal, meant in [
        ("deadlock", {"deadlock"}),
        ("panic", {"panic", "fatal"}),
        ("leak", {"leak"}),
    ]:
        game = Game(main, goal)
        hint = Hints(game).after(())
        assert hint.is_certain
        is_won = game.at().ending is not None and game.at().ending.is_won
        assert (hint.move is not None or is_won) == bool(meant & kinds)


# -- what makes no sense ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "options", "error", "sentence"),
    [
        ((7,), {}, TypeError, "^the Seat takes a program, which is a function, not 7$"),
        ((circle, "death"), {}, ValueError, '^goal is one of "deadlock", "race"'),
        ((circle, None), {}, TypeError, "^goal is a word, not None$"),
        ((circle, "wrong"), {}, ValueError, '^goal="wrong" needs expect=, what main should return'),
        ((circle,), {"clock": "sun"}, ValueError, '^clock is "virtual" or "any", not \'sun\'$'),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments, options, error, sentence):
    with pytest.raises(error, match=sentence):
        Game(*arguments, **options)


def test_inside_a_goroutine_nothing_is_played():
    with pytest.raises(RuntimeError, match=r"^a program is already running here"):
        run(lambda: Game(circle))


def test_a_program_that_panics_at_once_is_over_before_the_first_move():
    def bad():
        panic("at once")

    position = Game(bad, "panic").at()
    assert moves(position) == ["main: panic, which ends the program"]
    assert play(Game(bad, "panic"), "main").ending == ("panic", "at once", True)

"""Random programs on the real Go: nothing happens there that `explore` doesn't find."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from gochan.fuzz import real_go
from gochan.fuzz.__main__ import main as command
from gochan.fuzz.go_source import go_source_of
from gochan.fuzz.program import Op, Program, Thing
from gochan.fuzz.real_go import built, compare_with_go, outcome_of, outcomes_of, run
from gochan.golang import toolchain

GO = toolchain.find()
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        GO is None and "CI" not in os.environ, reason="there is no Go to compare with"
    ),
]

TWO_SENDERS = Program(
    (Thing("c0"),),
    (
        (Op("go", value=1), Op("go", value=2), Op("recv", "c0"), Op("recv", "c0")),
        (Op("send", "c0", 1),),
        (Op("send", "c0", 2),),
    ),
)
EVERYTHING_THAT_RETURNS = Program(
    (Thing("m0"), Thing("c0", size=1)),
    (
        (
            Op("with", "m0", body=(Op("try", body=(Op("send", "c0", 7), Op("return"))),)),
            Op("panic", value=1),
        ),
    ),
)


def outcomes_on_go(program, times=12):
    with built(GO, {0: program}) as binary:
        return Counter(run(binary, 0, lot) for lot in range(times))


def test_go_shows_both_orders_of_two_senders():
    assert set(outcomes_on_go(TWO_SENDERS, 60)) == {("ok", "(0, 1, 2)"), ("ok", "(0, 2, 1)")}
    assert outcomes_of(TWO_SENDERS, 100) == {("ok", "(0, 1, 2)"), ("ok", "(0, 2, 1)")}


def test_a_return_leaves_the_function_through_every_block_around_it():
    assert set(outcomes_on_go(EVERYTHING_THAT_RETURNS)) == {("ok", "(0,)")}
    assert outcomes_of(EVERYTHING_THAT_RETURNS, 100) == {("ok", "(0,)")}


def test_what_go_alone_does_is_reported(monkeypatch):
    monkeypatch.setattr(real_go, "outcomes_of", lambda *_: frozenset({("ok", "(0, 1, 2)")}))
    report = compare_with_go(GO, {5: TWO_SENDERS}, max_runs=100, times=60)
    ((seed, strange),) = report.strange
    assert seed == 5
    assert str(strange).splitlines() == [
        "Go shows what explore doesn't find",
        "  ok: (0, 2, 1)",
        "  explore has ok: (0, 1, 2)",
    ]


def test_a_program_that_explore_cannot_finish_is_skipped():
    report = compare_with_go(GO, {0: TWO_SENDERS}, max_runs=1, times=1)
    assert (report.programs, report.skipped, report.runs) == (1, 1, 0)


ENDINGS = {
    "fatal error: all goroutines are asleep - deadlock!\n": ("deadlock", real_go.DEADLOCK),
    "fatal error: sync: unlock of unlocked mutex\n": ("fatal", "sync: unlock of unlocked mutex"),
    "panic: 5\n": ("panic", "5"),
    "panic: no more [recovered, repanicked]\n\ngoroutine": ("panic", "no more"),
}


@pytest.mark.parametrize("errors", ENDINGS)
def test_how_a_process_ended_is_told_in_the_words_of_explore(errors):
    assert outcome_of(2, "", errors) == ENDINGS[errors]
    assert outcome_of(0, "returned (0,)", "") == ("ok", "(0,)")


def test_a_process_that_ends_otherwise_is_an_error():
    with pytest.raises(RuntimeError, match="a Go program ended with status 1: '' 'no'"):
        outcome_of(1, "", "no")


def test_no_two_timers_are_due_at_one_moment():
    sleeps = Op("sleep", value=1), Op("if", body=(Op("sleep", value=1),)), Op("send", "c0", 1)
    apart = real_go.apart(Program((Thing("t0", size=1), Thing("c0", size=1)), (sleeps,)))
    assert [one.size for one in apart.things] == [real_go.SPREAD + 1, 1]
    values = [op.value for op in apart.operations() if op.word == "sleep"]
    assert values == [real_go.SPREAD + 2, real_go.SPREAD + 4]


def test_a_program_reads_as_go():
    assert go_source_of(TWO_SENDERS, "program").splitlines()[:4] == [
        "func program() (result string) {",
        "\tbegin := time.Now()",
        "\t_ = begin",
        "\tc0 := make(chan int, 0)",
    ]


def test_without_go_it_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setenv(toolchain.VARIABLE, "no-such-command")
    assert command(["--go", "--seeds", "0"]) == 2
    assert capsys.readouterr().err == "GOCHAN_GO is no-such-command, which is no command\n"


def test_go_does_nothing_that_explore_does_not_find_in_200_programs():
    arguments = ["--go", "--programs", "200", "--size", "6", "--times", "12", "--jobs", "2"]
    assert command(arguments) == 0

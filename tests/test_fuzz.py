"""The fuzzer: random programs, their source, comparing searches, and making programs small."""

import gc
import json
import linecache
import math
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_start_method

import pytest

from gochan import record, run
from gochan.fuzz.__main__ import main as command
from gochan.fuzz.campaign import Plan, campaign
from gochan.fuzz.compare import compare, differs
from gochan.fuzz.generate import generate, orders
from gochan.fuzz.minimise import minimise
from gochan.fuzz.program import LAST, NIL, Op, Program, Thing, inside, returning, tidy
from gochan.fuzz.source import CASES, WORDS, main_of, source_of, word_of

pytestmark = pytest.mark.long

MANY = 2_000


@cache
def programs():
    return [generate(seed) for seed in range(MANY)]


# -- the generator ---------------------------------------------------------------------------


def test_a_seed_gives_the_same_program_in_every_process():
    seeds = range(100)
    text = "from gochan.fuzz.generate import generate\n"
    text += f"print([generate(seed).to_json() for seed in {seeds!r}])"
    command = [sys.executable, "-c", text]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    printed = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert printed.stdout.strip() == str([generate(seed).to_json() for seed in seeds])


def test_most_seeds_give_programs_of_their_own():
    assert len(set(programs())) > 0.95 * MANY  # the smallest come again


def test_every_operation_and_every_case_occurs():
    operations = [op for program in programs() for op in program.operations()]
    words = Counter(word_of(op) for op in operations)
    assert set(words) - {"default", "after"} == WORDS
    in_selects = {word_of(case) for op in operations if op.word == "select" for case in op.body}
    assert in_selects == set(CASES)
    things = [thing for program in programs() for thing in program.things]
    assert {thing.size for thing in things if thing.kind == "c"} == {NIL, 0, 1, 2}
    assert {thing.of[0] for thing in things if thing.kind == "d"} == {"m", "r"}
    assert {op.value for op in operations if op.word == "sleep"} == {1, 2}
    assert any(op.word == "select" and not op.body for op in operations)
    assert any(op.value == LAST for op in operations)
    assert any(op.other for op in operations)
    assert {len(program.bodies) for program in programs()} >= {2, 3, 4}
    assert {program.joined for program in programs()} == {True, False}


def test_programs_are_small():
    counts = [sum(1 for _ in program.operations()) for program in programs()]
    assert sum(counts) / MANY < 20
    assert sum(orders(generate(seed, size=5)) for seed in range(100)) < sum(
        orders(program) for program in programs()[:100]
    )


def test_all_kinds_of_ending_occur_and_no_other():
    kinds = Counter()
    for seed, program in enumerate(programs()[:1_000]):
        result = record(main_of(program), seed=seed, race=True, trace=False, linger=math.inf)
        kinds[result.outcome] += 1
        kinds["leak"] += result.outcome == "ok" and bool(result.leaked)
        kinds["race"] += bool(result.races)
        assert type(result.error).__name__ in ("NoneType", "Panic", "Deadlock", "FatalError")
    assert set(kinds) == {"ok", "deadlock", "panic", "fatal", "leak", "race"}
    assert min(kinds.values()) >= 10


def test_without_mistakes_fewer_programs_end_badly():
    def fatal(spoilt):
        mains = (main_of(generate(seed, spoilt=spoilt)) for seed in range(300))
        return sum(record(main, trace=False).outcome == "fatal" for main in mains)

    assert fatal(spoilt=0) < fatal(spoilt=1)


# -- programs as data ------------------------------------------------------------------------


def test_a_program_survives_json():
    for program in programs()[:200]:
        assert Program.from_json(program.to_json()) == program
        json.loads(program.to_json())


def test_who_may_run_twice_notes_for_itself():
    once = Op("go", value=1)
    for start in [Op("loop", value=2, body=(once,)), Op("later", value=1, key=1)]:
        assert returning(Program(bodies=((start,), ()), joined=True)) == [0]
    assert returning(Program(bodies=((once, once), ()), joined=True)) == [0]
    assert returning(Program(bodies=((once,), (Op("go", value=2),), ()), joined=True)) == [0, 1, 2]
    again = Thing("f0", 1, body=1)
    assert returning(Program((again,), ((once,), ()), joined=True)) == [0]
    assert returning(Program(bodies=((once,), ()))) == [0]


def test_tidying_drops_what_nobody_uses():
    mutex, cond, channel = Thing("m0"), Thing("d0", of="m0"), Thing("c0")
    bodies = ((Op("go", value=2),), (Op("send", "c0", 1),), (Op("signal", "d0"),))
    assert tidy(Program((mutex, cond, channel), bodies)) == Program(
        (mutex, cond), ((Op("go", value=1),), (Op("signal", "d0"),))
    )


# -- their source ----------------------------------------------------------------------------


def test_a_program_reads_as_one_of_gochan():
    program = Program(
        (Thing("c0", 1), Thing("d0", of="m0"), Thing("x0", 2), Thing("f0", 1, body=2)),
        (
            (Op("go", value=1), Op("recv_ok", "c0"), Op("panic", value=LAST)),
            (
                Op(
                    "select",
                    body=(
                        Op("recv", "c0", body=(Op("return"),)),
                        Op("recv", "x0"),
                        Op("after", value=2),
                        Op("default"),
                    ),
                ),
                Op("do", "o0", body=(Op("stop", "f0"),)),
            ),
            (
                Op(
                    "if",
                    value=3,
                    body=(Op("range", "c0", 2),),
                    other=(Op("until", "d0", key="v0"),),
                ),
            ),
        ),
        joined=True,
    )
    assert (
        source_of(program).partition("\n\n\n")[2]
        == """\
def main():
    c0 = Chan[int](1)
    d0 = sync.Cond(m0)
    x0, cancel_x0 = context.with_timeout(context.background(), 0.002)
    saw0 = [0]
    saw1 = [0]
    team = sync.WaitGroup()

    def g1():
        match select(recv(c0), recv(x0.done()), recv(time.after(0.002)), default):
            case 0, value, _:
                saw1.extend((0, value))
                return
            case 1, *_:
                saw1.append(1)
            case 2, *_:
                saw1.append(2)
            case 3, *_:
                saw1.append(3)
        def first_o0():
            saw1.append(int(f0.stop()))
        o0.do(first_o0)

    def g2():
        saw2 = [0]
        if saw2[-1] == 3:
            for count, value in enumerate(c0, 1):
                saw2.append(value)
                if count == 2:
                    break
        else:
            while v0.value == 0:
                d0.wait()

    f0 = time.after_func(0.001, g2)
    team.go(g1)
    saw0.extend(map(int, c0.recv_ok()))
    panic(saw0[-1])
    team.wait()
    return tuple(saw0), tuple(saw1)
"""
    )


def test_the_source_is_what_runs():
    for seed, program in enumerate(programs()[:200]):
        names = {}
        exec(source_of(program), names)
        own, pasted = (record(f, seed=seed) for f in (main_of(program), names["main"]))
        assert (own.outcome, repr(own.value)) == (pasted.outcome, repr(pasted.value))


def test_its_things_have_names_in_reports():
    program = Program((Thing("c0"),), ((Op("recv", "c0"),),))
    assert record(main_of(program)).left[0].waiting_on == "c0"


def test_its_lines_are_kept_no_longer_than_it():
    program = Program((Thing("c0", 2),), ((Op("len", "c0"),),))
    first, second = main_of(program), main_of(program)
    file = first.__code__.co_filename
    del first
    gc.collect()
    assert linecache.getlines(file) == source_of(program).splitlines(keepends=True)
    del second
    gc.collect()
    assert file not in linecache.cache


def test_main_returns_what_it_saw_and_what_those_saw_whom_it_joins():
    bodies = ((Op("go", value=1), Op("recv", "c0")), (Op("send", "c0", 7), Op("load", "a0")))
    program = Program((Thing("c0"), Thing("a0")), bodies)
    assert run(main_of(program)).value == (0, 7)
    joined = Program(program.things, bodies, joined=True)
    assert run(main_of(joined)).value == ((0, 7), (0, 0))


# -- comparing -------------------------------------------------------------------------------


@dataclass
class Found:
    outcomes: Counter
    complete: bool = True
    runs: int = 5


def explorer(**found):
    """A stand-in for `explore`: what each search finds."""

    def explore(main, *, max_runs, races, search):
        result = found.get(search, {("ok", "1"): 1})
        if isinstance(result, Exception):
            raise result
        return result if isinstance(result, Found) else Found(Counter(result))

    return explore


SMALL = Program()


def test_searches_that_agree_have_no_mismatch():
    found = compare(SMALL, explore=explorer(plain={("ok", "1"): 9}))
    assert not found.mismatches
    assert not found.counts_differ
    assert found.runs == {"plain": 5, "sleep": 5, "dpor": 5}


def test_a_search_that_misses_an_outcome_or_invents_one_is_found_out():
    plain, wrong = {("ok", "1"): 2, ("deadlock", ""): 1}, {("ok", "1"): 1, ("panic", "2"): 1}
    found = compare(SMALL, explore=explorer(plain=plain, sleep=plain, dpor=wrong))
    (mismatch,) = found.mismatches
    assert (mismatch.search, mismatch.missing, mismatch.extra) == (
        "dpor",
        {("deadlock", "")},
        {("panic", "2")},
    )
    assert found.counts_differ
    assert str(mismatch) == (
        "dpor differs from plain\n  it misses deadlock: \n  it alone has panic: 2"
    )


def test_the_plain_search_can_be_held_against_the_naive_one():
    naive, less = {("ok", "1"): 9, ("ok", "2"): 1}, {("ok", "1"): 1}
    found = compare(SMALL, ["plain"], explore=explorer(naive=naive, plain=less), against="naive")
    (mismatch,) = found.mismatches
    assert str(mismatch) == "plain differs from naive\n  it misses ok: 2"


def test_a_search_that_fails_or_does_not_end_is_found_out():
    unending = Found(Counter({("ok", "1"): 1}), complete=False, runs=6_000)
    found = compare(SMALL, explore=explorer(sleep=KeyError(3), dpor=unending))
    assert [one.trouble for one in found.mismatches] == [
        "it raised KeyError: 3",
        "it isn't complete after 6,000 runs; plain is after 5",
    ]
    assert compare(SMALL, explore=explorer(plain=KeyError(3))).mismatches[0].search == "plain"


def test_a_program_is_skipped_if_the_plain_search_does_not_end():
    found = compare(SMALL, explore=explorer(plain=Found(Counter({("ok", "2"): 1}), complete=False)))
    assert found.skipped
    assert not found.mismatches


def test_only_the_search_in_question_counts():
    explore = explorer(sleep={("ok", "2"): 1})
    assert differs("sleep", explore=explore)(SMALL)
    assert not differs("dpor", explore=explore)(SMALL)


# -- making small ----------------------------------------------------------------------------


def words_of(program):
    return [[op.word for op in body] for body in program.bodies]


def test_a_program_is_made_as_small_as_it_can_be():
    def differs(program):
        has_default = any(op.word == "default" for op in inside(program.bodies[0]))
        sends = any(op.word == "send" for body in program.bodies[1:] for op in body)
        return has_default and sends

    wanted = [program for program in programs()[:400] if differs(program)][:5]
    assert len(wanted) == 5
    for program in wanted:
        small = minimise(program, differs)
        assert differs(small)
        assert sorted(words_of(small)[0]) == ["go", "select"]
        assert words_of(small)[1:] == [["send"]]
        assert not small.joined
        compile(source_of(small), "small", "exec")


def test_operations_that_need_each_other_go_together():
    body = (Op("lock", "m0"), Op("read", "v0"), Op("unlock", "m0"))
    program = Program((Thing("m0"), Thing("v0")), (body,))

    def is_balanced(program):
        words = [op.word for op in program.operations()]
        return "read" in words and words.count("lock") == words.count("unlock")

    assert words_of(minimise(program, is_balanced)) == [["read"]]


def test_what_is_inside_an_operation_comes_out():
    inner = Op("if", value=1, body=(Op("increment", "v0"),), other=(Op("now"),))
    program = Program((Thing("v0"), Thing("o0")), ((Op("do", "o0", body=(inner,)),),))

    def writes(program):
        return any(op.word in ("increment", "write") for op in program.operations())

    assert minimise(program, writes) == Program((Thing("v0"),), ((Op("write", "v0", 1),),))


def test_a_case_stays_one():
    case = Op("recv", "c0", body=(Op("if", value=1, body=(Op("now"),)),))
    select = Op("select", body=(case, Op("after", value=2, body=(Op("now"),)), Op("default")))
    program = Program((Thing("c0"),), ((select,),))

    def has_cases(program):
        main_of(program)
        return any(len(op.body) == 2 for op in program.operations() if op.word == "select")

    (small,) = minimise(program, has_cases).bodies[0]
    assert len(small.body) == 2
    assert not any(case.body for case in small.body)


@pytest.mark.parametrize("seed", range(40))
def test_every_smaller_program_still_runs(seed):
    count = iter(range(10_000))

    def runs(program):
        record(main_of(program), max_steps=1_000)
        return next(count) % 3 == 0  # some are taken, some are not

    minimise(generate(seed), runs)


# -- the command -----------------------------------------------------------------------------


@pytest.fixture
def explored(monkeypatch):
    """What the searches find, one that is wrong about each program with a select."""

    def explore(main, *, max_runs, races, search):
        outcomes = {("ok", "1"): 1, ("deadlock", ""): 2}
        lines = linecache.getlines(main.__code__.co_filename)
        if search == "dpor" and "match select" in "".join(lines):
            del outcomes["deadlock", ""]
        return Found(Counter(outcomes))

    monkeypatch.setattr("gochan.explore", explore, raising=False)


def test_a_mismatch_is_printed_made_small_with_its_seed(explored, capsys):
    assert command(["--seeds", "0-9"]) == 1
    printed = capsys.readouterr().out
    assert "== seed " in printed
    assert "def main():" in printed
    assert "dpor differs from plain\n  it misses deadlock: \n" in printed


def test_without_a_mismatch_there_is_a_summary(explored, capsys):
    assert command(["--programs", "30", "--searches", "sleep"]) == 0
    assert capsys.readouterr().out == (
        "30 programs, 0 skipped\n"
        "outcomes: deadlock 30, ok 30; more than one: 30 of 30\n"
        "runs: plain 150, sleep 150\n"
        "reduced searches that count otherwise: 0\n"
        "mismatches: 0\n"
    )


@pytest.mark.skipif(get_start_method() != "fork", reason="others don't inherit the stand-in")
def test_several_processes_find_the_same(explored):
    *_, one = campaign(Plan(), range(50), jobs=1)
    *_, two = campaign(Plan(), range(50), jobs=2)
    assert one == two
    assert one.programs == 50


def test_small_programs_come_to_nothing_else_when_nothing_is_left_out():
    naive = ["--against", "naive", "--searches", "plain", "sleep", "dpor"]
    assert command(["--programs", "300", "--size", "4", "--races", *naive]) == 0


@pytest.mark.parametrize(
    "wrong", ["--seeds=9-3", "--programs=0", "--searches=quick", "--against=sleep"]
)
def test_what_makes_no_sense_is_refused(wrong, capsys):
    with pytest.raises(SystemExit):
        command([wrong])


# -- what it is all for ----------------------------------------------------------------------


def test_the_searches_find_the_same_in_the_first_2000_programs():
    assert command(["--programs", str(MANY), "--size", "6", "--races", "--jobs", "2"]) == 0

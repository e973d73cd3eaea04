"""Small programs, each written in Go and in Python, do the same: every line, its time, the end."""

import struct

import pytest
from conformance import go_side, python_side
from conformance.differences import KNOWN
from conformance.pairs import CATALOGUE, PROGRAMS, all_pairs
from conformance.report import Line, report, same

from gochan import Chan, go, panic, record, time
from gochan.golang import toolchain

pytestmark = pytest.mark.long

PAIRS = all_pairs()
NAMES = [str(pair) for pair in PAIRS]


def expected_to_differ(pair):
    reason = KNOWN.get(str(pair))
    return [] if reason is None else [pytest.mark.xfail(reason=reason)]


@pytest.mark.parametrize(
    "pair", [pytest.param(pair, id=str(pair), marks=expected_to_differ(pair)) for pair in PAIRS]
)
def test_gochan_does_what_go_did(pair):
    recorded = pair.file(".txt").read_text()
    python = python_side.run(pair)
    assert same(recorded, python), f"{pair}\n-- Go\n{recorded}-- gochan\n{python}"


def test_go_still_does_what_was_recorded():
    command = toolchain.find()
    if command is None:
        pytest.skip(toolchain.why_missing())
    now = go_side.outputs(command, PAIRS)
    different = ""
    for pair in PAIRS:
        recorded = pair.file(".txt").read_text()
        if recorded != now[pair]:
            different += f"{pair}\n-- recorded\n{recorded}-- now\n{now[pair]}"
    assert not different, f"{different}\nto record it anew: python -m tests.conformance.record"


# -- the pairs themselves ----------------------------------------------------------------------


def test_every_group_of_the_catalogue_has_pairs():
    shown = {rule[0] for pair in PAIRS for rule in pair.headline(".py")[0]}
    assert sorted(shown) == sorted(CATALOGUE)
    assert len(PAIRS) >= 120


@pytest.mark.parametrize("ending", [".go", ".py", ".txt"])
def test_nothing_lacks_its_other_half(ending):
    found = [f"{path.parent.name}/{path.stem}" for path in sorted(PROGRAMS.glob(f"*/*{ending}"))]
    assert found == NAMES


def test_both_halves_say_what_they_show():
    for pair in PAIRS:
        rules, sentence = pair.headline(".go")
        assert pair.headline(".py") == (rules, sentence)
        assert [rule for rule in rules if int(rule[1:]) not in CATALOGUE[rule[0]]] == [], pair


def test_known_differences_are_of_pairs_that_exist():
    assert sorted(KNOWN.keys() - set(NAMES)) == []


# -- the comparison: what it reads, and that it sees a difference ------------------------------

GO_DEADLOCK = """fatal error: all goroutines are asleep - deadlock!

goroutine 1 [sync.WaitGroup.Wait]:
sync.runtime_SemacquireWaitGroup(0x51f6a8?, 0xc0?)
\t/go/src/runtime/sema.go:114 +0x2e
sync.(*WaitGroup).Wait(0x1d396cf220c0)
\t/go/src/sync/waitgroup.go:206 +0x85
main.main()
\t/tmp/p/main.go:11 +0x51

goroutine 18 [chan send]:
main.pushAll(...)
\t/tmp/p/main.go:5
main.worker(0xc000012)
\t/tmp/p/main.go:9
created by main.main in goroutine 1
\t/tmp/p/main.go:20 +0x7d

goroutine 23 [chan receive (nil chan), 5 minutes]:
main.leaf(...)
\t/tmp/p/main.go:15
created by main.branch in goroutine 18
\t/tmp/p/main.go:17 +0x7d

goroutine 24 [select]:
main.leaf(...)
\t/tmp/p/main.go:15
created by main.branch in goroutine 7
\t/tmp/p/main.go:17 +0x7d
"""

DEADLOCK = """\
0 ms        one
1,500.25 ms two
2,000 ms    fatal error: all goroutines are asleep - deadlock!
            goroutine 1 [sync.WaitGroup.Wait]: main
            goroutine 2 [chan send]: push_all < worker, created by main in goroutine 1
            goroutine 3 [chan receive (nil chan), 5 minutes]: leaf, created by branch in goroutine 2
            goroutine 4 [select]: leaf, created by branch in goroutine ?
exit status 2
"""


def test_a_report_has_the_lines_with_their_times_then_the_crash():
    printed = [Line(0, "one"), Line(1_500_250_000, "two")]
    assert report(printed, Line(2_000_000_000, GO_DEADLOCK), 2) == DEADLOCK


def test_a_report_of_a_panic_leaves_out_what_go_ran_on_the_way_out():
    crash = """panic: first [recovered]
\tpanic: second
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]

goroutine 1 [running]:
main.load.func1()
\t/tmp/p/main.go:8 +0x65
panic({0x557138?, 0x4a2810?})
\t/go/src/runtime/panic.go:859 +0x125
main.load()
\t/tmp/p/main.go:11 +0x3e
main.main()
\t/tmp/p/main.go:14 +0xf
"""
    assert report([], Line(0, crash), 2) == (
        "0 ms        panic: first [recovered]\n"
        "            \tpanic: second\n"
        "            goroutine 1 [running]: load < main\n"
        "exit status 2\n"
    )


def test_the_creator_may_differ_only_where_it_is_go_s_library():
    started = "goroutine 2 [chan receive]: worker, created by {} in goroutine 1\n"
    assert same(started.format("sync.(*WaitGroup).Go"), started.format("main"))
    assert not same(
        started.format("sync.(*WaitGroup).Go"), started.format("main").replace("1", "3")
    )
    assert not same(started.format("main"), started.format("other"))


def written(time, text):
    return struct.pack(">4sQI", b"\0\0PB", go_side.START + time, len(text)) + text


def test_playback_is_read_to_the_microsecond():
    data = written(0, b"one\n") + written(1_000_001, b"t") + written(2_000_002, b"wo\nthree\n")
    assert list(go_side.lines(data)) == [
        Line(0, "one"),
        Line(2_000_000, "two"),
        Line(2_000_000, "three"),
    ]


def hello():
    print("hello", True, None)
    time.sleep(0.25)
    print("[None] is not Nonesuch")


def test_the_python_side_prints_go_s_words_with_their_times():
    assert python_side.told(record(hello)) == (
        "0 ms        hello true <nil>\n250 ms      [<nil>] is not Nonesuch\nexit status 0\n"
    )


def receive(c):
    c.recv()


def stuck():
    go(receive, Chan[int]())
    time.sleep(1)
    receive(Chan[int]())


def test_the_python_side_tells_a_deadlock_in_the_same_form():
    assert python_side.told(record(stuck)) == (
        "1,000 ms    fatal error: all goroutines are asleep - deadlock!\n"
        "            goroutine 1 [chan receive]: receive < stuck\n"
        "            goroutine 2 [chan receive]: receive, created by stuck in goroutine 1\n"
        "exit status 2\n"
    )


def angry():
    panic("boom")


def broken():
    raise ZeroDivisionError("division by zero")


def test_the_python_side_tells_a_panic_and_another_exception():
    assert python_side.told(record(angry)) == (
        "0 ms        panic: boom\n            goroutine 1 [running]: angry\nexit status 2\n"
    )
    assert "ZeroDivisionError: division by zero" in python_side.told(record(broken))

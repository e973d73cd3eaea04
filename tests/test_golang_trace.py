"""A real Go program's execution trace, as the Trace that every chart takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gochan import charts, go, golang, record, sync, time
from gochan.analysis.waits import wakers
from gochan.charts.layout import UNBLOCKS, layout
from gochan.golang import toolchain
from gochan.golang.execution_trace import read_trace
from gochan.trace.trace import BLOCKED, SLEEPING, Trace
from gochan.widgets.payload import payload

GO = toolchain.find()
needs_go = pytest.mark.skipif(GO is None and "CI" not in os.environ, reason="there is no Go here")

POOL = """\
func worker(jobs <-chan int, results chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		time.Sleep(time.Millisecond)
		results <- j * 2
	}
}

func main() {
	jobs := make(chan int)
	results := make(chan int, 2)
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go worker(jobs, results, &wg)
	}
	go func() { wg.Wait(); close(results) }()
	go func() {
		for i := range 4 {
			jobs <- i
		}
		close(jobs)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println(sum)
}
"""


@pytest.fixture(scope="module")
def pool():
    return golang.trace(POOL)


@needs_go
def test_the_goroutines_have_the_names_of_their_functions_and_lines_where_they_began(pool):
    assert [(one.name, one.created_by, one.line) for one in pool.goroutines] == [
        ("main", 0, 0),
        ("worker", 1, 15),
        ("worker", 1, 15),
        ("main.func1", 1, 17),
        ("main.func2", 1, 18),
    ]
    assert all(one.ended is not None for one in pool.goroutines[1:])
    assert (pool.outcome, pool.output) == ("ok", "12\n")


@needs_go
def test_why_each_waits_is_told_in_the_words_of_a_gochan_trace(pool):
    reasons = {(one.goroutine, one.reason, one.object) for one in pool.spans()}
    assert (1, "chan receive", "results") in reasons
    assert (4, "sync.WaitGroup.Wait", "wg") in reasons
    assert (5, "chan send", "jobs") in reasons
    sleeping = {one.goroutine for one in pool.spans() if one.state == SLEEPING}
    assert sleeping == {2, 3}


@needs_go
def test_who_unblocks_whom_becomes_an_arrow(pool):
    arrows = layout(pool).arrows
    assert {arrow.channel for arrow in arrows} == {UNBLOCKS}
    # The last worker to be done lets main.func1 go on.
    assert {arrow.from_lane for arrow in arrows if arrow.to_lane == 3} <= {1, 2}
    assert any(arrow.to_lane == 3 for arrow in arrows)


@needs_go
def test_a_chart_the_player_and_json_take_it(pool):
    assert Trace.from_json(pool.to_json()) == pool
    label = charts.timeline(pool).figure.get_label()
    assert label.startswith("Timeline of 5 goroutines over ")
    charts.processors(pool)
    data = payload(pool)
    assert data["outcome"] == "ok"
    assert len(data["lanes"]) == 5


@needs_go
def test_a_deadlock_is_told_when_the_time_is_up():
    source = "var mu sync.Mutex\nmu.Lock()\ngo func() { mu.Lock() }()\nmake(chan int) <- 1"
    trace = golang.trace(source, timeout=0.3)
    assert (trace.outcome, trace.message) == ("deadlock", "all goroutines are asleep - deadlock!")
    last = {one.goroutine: (one.state, one.reason, one.object) for one in trace.spans()}
    assert last == {
        1: (BLOCKED, "chan send", None),
        2: (BLOCKED, "sync.Mutex.Lock", "mu"),
    }


@needs_go
def test_a_program_that_goes_on_is_cut_off():
    assert golang.trace("time.Sleep(time.Hour)", timeout=0.2).outcome == "cut"


@needs_go
def test_a_panic_of_main_is_how_it_ended():
    trace = golang.trace('panic("no more")')
    assert (trace.outcome, trace.message) == ("panic", "panic: no more")


@needs_go
@pytest.mark.parametrize(
    ("source", "message"),
    [("x :=", "it doesn't compile: 1 error"), ("os.Exit(3)", "there is no execution trace: ")],
)
def test_what_cannot_be_traced_says_why(source, message):
    with pytest.raises(golang.TraceFailed) as caught:
        golang.trace(source)
    assert str(caught.value).startswith(message)


def test_a_text_without_a_program_is_no_trace():
    with pytest.raises(ValueError, match="this execution trace holds no goroutine of a program"):
        read_trace("M=-1 P=-1 G=-1 Sync Time=1 N=1", "package main")


def test_goroutines_of_the_runtime_are_left_out():
    text = Path(__file__).with_name("go_trace.txt").read_text()
    trace = read_trace(text, "package main\n\nfunc main() {\n\tgo wait()\n\t<-done\n}\n")
    assert [one.name for one in trace.goroutines] == ["main", "wait"]
    assert [(e.kind, e.time, e.goroutine, e.object, e.value, e.line) for e in trace.events] == [
        ("run", 0, 1, "processor 1", None, 0),
        ("go", 200, 1, "g2", None, 4),
        ("block", 300, 1, "done", "chan receive", 5),
        ("run", 400, 2, "processor 0", None, 0),
        ("ready", 500, 2, "g1", None, 9),
        ("end", 600, 2, None, None, 0),
    ]
    assert trace.procs == 2
    assert wakers(trace) == {("chan receive", "done"): (2,)}


@needs_go
def test_who_could_wake_a_goroutine_is_who_did(pool):
    known = wakers(pool)
    (last,) = known["sync.WaitGroup.Wait", "wg"]  # the worker that is done last
    assert last in (2, 3)


def test_whom_the_clock_wakes_has_no_such_arrow():
    def main():
        go(time.sleep, 1)
        time.sleep(2)

    assert layout(record(main).trace).arrows == ()


def test_a_gochan_trace_without_channels_has_no_such_arrows():
    def main():
        lock = sync.Mutex()
        lock.lock()
        go(lock.lock)
        time.sleep(1)
        lock.unlock()

    assert layout(record(main).trace).arrows == ()

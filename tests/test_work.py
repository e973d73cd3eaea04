"""work: what occupies a processor, and how the processors are shared."""

import pytest

from gochan import Chan, default, go, record, recv, run, runtime, select, sync, time, work


def spans(result, state):
    """Who was in that state from when to when, in milliseconds."""
    return [
        (span.goroutine, span.start // 1_000_000, span.end // 1_000_000)
        for span in result.trace.spans()
        if span.state == state and span.end > span.start
    ]


def workers(*pieces, start=0.0):
    """A program whose goroutines each work for so many seconds; who is done when."""

    def main():
        wg, done = sync.WaitGroup(), []

        def worker(k, seconds):
            time.sleep(start)
            work(seconds)
            done.append((k, time.now()))

        for k, seconds in enumerate(pieces):
            wg.go(worker, k, seconds)
        wg.wait()
        return done

    return main


def test_work_takes_program_time():
    result = run(work, 1.5)
    assert result.elapsed == 1.5


@pytest.mark.parametrize("seconds", [0, -1, 0.0])
def test_no_work_takes_no_time(seconds):
    assert run(work, seconds).elapsed == 0.0


@pytest.mark.parametrize(("procs", "elapsed"), [(1, 4.0), (2, 2.0), (4, 1.0), (8, 1.0)])
def test_more_processors_are_faster_up_to_the_number_of_workers(procs, elapsed):
    assert run(workers(1, 1, 1, 1), procs=procs).elapsed == elapsed


def test_sleeping_occupies_no_processor():
    def main():
        wg = sync.WaitGroup()
        for _ in range(100):
            wg.go(time.sleep, 1)
        wg.go(work, 1)
        wg.wait()

    assert run(main).elapsed == 1.0


def test_procs_is_the_number_of_processors():
    assert [run(runtime.procs).value, run(runtime.procs, procs=3).value] == [1, 3]


def test_work_that_nobody_contends_is_one_piece():
    result = record(workers(0.035))
    assert spans(result, "working") == [(2, 0, 35)]


def test_contended_work_is_shared_in_slices_of_ten_milliseconds():
    result = record(workers(0.025, 0.015))
    assert spans(result, "working") == [
        (2, 0, 10),
        (3, 10, 20),
        (2, 20, 30),
        (3, 30, 35),
        (2, 35, 40),
    ]
    assert result.value == [(1, 0.035), (0, 0.04)]


def test_three_workers_go_round_robin():
    result = record(workers(0.02, 0.02, 0.02))
    assert [(who, start) for who, start, _ in spans(result, "working")] == [
        (2, 0),
        (3, 10),
        (4, 20),
        (2, 30),
        (3, 40),
        (4, 50),
    ]


def test_a_short_piece_of_work_does_not_wait_for_a_long_one_to_end():
    def main():
        done = []

        def worker(name, seconds):
            work(seconds)
            done.append((name, time.now()))

        go(worker, "long", 1)
        time.sleep(0.005)
        go(worker, "short", 0.001)
        time.sleep(2)
        return done

    assert run(main).value == [("short", 0.011), ("long", 1.001)]


def test_who_comes_late_waits_for_the_end_of_the_slice_under_way():
    def main():
        started = []

        def late():
            work(0.001)
            started.append(time.now())

        go(work, 1)
        time.sleep(0.123)
        go(late)
        time.sleep(2)
        return started

    assert run(main).value == [0.131]


def test_whoever_waits_for_a_processor_is_runnable_and_says_so():
    def main():
        for k in range(2):
            go(work, 1, name=f"worker {k}")
        time.sleep(0.005)
        return [(info.name, info.state, info.waiting_on) for info in runtime.goroutines()[1:]]

    assert run(main).value == [
        ("worker 0", "running", "processor 0"),
        ("worker 1", "runnable", "a processor"),
    ]


def test_two_processors_share_three_workers():
    result = record(workers(0.02, 0.02, 0.02), procs=2)
    assert result.elapsed == 0.03
    assert spans(result, "working") == [
        (2, 0, 10),
        (3, 0, 10),
        (4, 10, 20),
        (2, 10, 20),
        (3, 20, 30),
        (4, 20, 30),
    ]


def test_work_holds_no_lock_that_stops_the_others():
    log = []

    def main():
        ch = Chan()

        def worker():
            work(1)
            ch.send("result")

        go(worker)
        log.append(select(recv(ch), recv(time.after(0.5)))[0])
        log.append(select(recv(ch), recv(time.after(1)))[1])

    run(main)
    assert log == [1, "result"]


def test_work_goes_on_while_somebody_polls():
    def main():
        ch, polls = Chan(1), 0
        go(lambda: (work(1), ch.send("done")))
        while select(recv(ch), default)[0] == 1:
            polls += 1
        return polls > 0, time.now()

    result = run(main)
    assert (result.value, result.polled) == ((True, 1.0), 1)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("procs", [1, 2, 3])
def test_under_any_schedule_the_processors_are_never_idle_and_never_overbooked(seed, procs):
    pieces = [0.03, 0.02, 0.05, 0.01, 0.04]
    result = record(workers(*pieces), procs=procs, seed=seed)
    working = spans(result, "working")
    total = dict.fromkeys(range(2, 7), 0)
    for who, start, end in working:
        total[who] += end - start
    assert [total[k + 2] for k in range(5)] == [30, 20, 50, 10, 40]
    for moment in range(round(result.elapsed * 1_000)):
        busy = sum(start <= moment < end for _, start, end in working)
        waiting = sum(
            span.start <= moment * 1_000_000 < span.end
            for span in result.trace.spans()
            if span.object == "a processor"
        )
        assert busy == procs or waiting == 0
        assert busy <= procs


def test_a_goroutine_that_works_when_the_program_ends_is_left():
    def main():
        go(work, 10)
        go(work, 10)
        time.sleep(1.005)

    result = run(main)
    assert ([info.state for info in result.left], result.leaked) == (["running", "runnable"], [])


def test_under_the_wall_clock_work_takes_real_time():
    assert run(work, 0.002, clock="wall").elapsed >= 0.002

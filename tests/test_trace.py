"""The trace: what happened, as plain data, and its file formats."""

import dataclasses
import itertools
import json

import pytest
from listing import listing

from gochan import (
    Chan,
    Panic,
    Trace,
    default,
    go,
    nil,
    panic,
    record,
    recv,
    run,
    runtime,
    select,
    send,
    sync,
    time,
    work,
)
from gochan.trace import ChannelFacts, Event, GoroutineFacts, Level, Message, Span
from gochan.trace.recorder import Names

S = 1_000_000_000


def traced(text, **options):
    return record(listing(text)["main"], **options).trace


def short(events):
    """Kind, goroutine, object and value of each event."""
    return [(e.kind, e.goroutine, e.object, e.value) for e in events]


# -- events ----------------------------------------------------------------------------------

SQUARES = """
    def worker(jobs, results):
        for job in jobs:
            time.sleep(1)
            results.send(job * job)

    def main():
        jobs, results = Chan[int](2, name="jobs"), Chan[int](name="results")
        go(worker, jobs, results)
        jobs.send(1)
        jobs.send(2)
        jobs.close()
        print("sum", results.recv() + results.recv())
"""


def test_every_event_says_what_when_who_where():
    assert traced(SQUARES).events == (
        Event("run", 0, 0, 1),
        Event("go", 0, 1, 1, "g2", None, 8, "prog.py"),
        Event("send", 0, 2, 1, "jobs", "1", 9, "prog.py"),
        Event("send", 0, 3, 1, "jobs", "2", 10, "prog.py"),
        Event("close", 0, 4, 1, "jobs", None, 11, "prog.py"),
        Event("block", 0, 5, 1, "results", "chan receive", 12, "prog.py"),
        Event("run", 0, 5, 2),
        Event("recv", 0, 6, 2, "jobs", "1", 2, "prog.py"),
        Event("block", 0, 7, 2, None, "sleep", 3, "prog.py"),
        Event("ready", S, 8, 0, "g2"),
        Event("run", S, 8, 2, None, None, 3, "prog.py"),
        Event("send", S, 9, 2, "results", "1", 4, "prog.py"),
        Event("recv", S, 9, 1, "results", "1", 12, "prog.py"),
        Event("ready", S, 9, 2, "g1", None, 4, "prog.py"),
        Event("recv", S, 10, 2, "jobs", "2", 2, "prog.py"),
        Event("block", S, 11, 2, None, "sleep", 3, "prog.py"),
        Event("run", S, 11, 1, None, None, 12, "prog.py"),
        Event("block", S, 12, 1, "results", "chan receive", 12, "prog.py"),
        Event("ready", 2 * S, 13, 0, "g2"),
        Event("run", 2 * S, 13, 2, None, None, 3, "prog.py"),
        Event("send", 2 * S, 14, 2, "results", "4", 4, "prog.py"),
        Event("recv", 2 * S, 14, 1, "results", "4", 12, "prog.py"),
        Event("ready", 2 * S, 14, 2, "g1", None, 4, "prog.py"),
        Event("recv closed", 2 * S, 15, 2, "jobs", "0", 2, "prog.py"),
        Event("end", 2 * S, 16, 2, None, None, 2, "prog.py"),
        Event("run", 2 * S, 16, 1, None, None, 12, "prog.py"),
        Event("print", 2 * S, 17, 1, None, "sum 5", 12, "prog.py"),
        Event("exit", 2 * S, 18, 1, None, "ok", 12, "prog.py"),
    )


def test_a_trace_knows_its_goroutines_channels_and_sources():
    trace = traced(SQUARES)
    assert trace.goroutines == (
        GoroutineFacts(1, "main", 0, 0, "", 0, 18),
        GoroutineFacts(2, "worker", 1, 8, "prog.py", 1, 16),
    )
    assert trace.channels == (
        ChannelFacts("jobs", 2, "chan int"),
        ChannelFacts("results", 0, "chan int"),
    )
    assert [(source.file, source.first_line) for source in trace.sources] == [
        ("prog.py", 1),
        ("prog.py", 6),
    ]
    assert trace.sources[0].text == (
        "def worker(jobs, results):\n"
        "    for job in jobs:\n"
        "        time.sleep(1)\n"
        "        results.send(job * job)"
    )
    assert (trace.outcome, trace.message, trace.output, trace.end, trace.procs) == (
        "ok",
        "",
        "sum 5\n",
        2 * S,
        1,
    )
    assert trace.last_step == 18


def test_time_and_step_never_go_back():
    trace = record(everything, until=2).trace
    moments = [(event.time, event.step) for event in trace.events]
    assert moments == sorted(moments)


def test_a_trace_shows_locks_groups_and_failed_attempts():
    trace = traced("""
        def main():
            mu, wg, ch = sync.Mutex(name="mu"), sync.WaitGroup(name="wg"), Chan(name="ch")
            wg.add(1)
            mu.lock()
            mu.try_lock()
            mu.unlock()
            select(recv(ch), send(ch, 1), default)
            wg.done()
            wg.wait()
    """)
    assert short(trace.events) == [
        ("run", 1, None, None),
        ("add", 1, "wg", "1"),
        ("lock", 1, "mu", None),
        ("try lock failed", 1, "mu", None),
        ("unlock", 1, "mu", None),
        ("default", 1, None, "<-ch, ch<-"),
        ("add", 1, "wg", "-1"),
        ("wait", 1, "wg", None),
        ("exit", 1, None, "ok"),
    ]


def test_a_trace_shows_timers():
    trace = traced("""
        def main():
            timer = time.Timer(1)
            late = time.after_func(2, lambda: None)
            timer.c.recv()
            time.sleep(2)
            timer.reset(5)
            timer.stop()
    """)
    assert short(trace.events) == [
        ("run", 1, None, None),
        ("set timer", 1, "timer 1s", "1s"),
        ("set timer", 1, "after_func", "2s"),
        ("block", 1, "timer 1s", "chan receive"),
        ("fire", 0, "timer 1s", None),
        ("send", 0, "timer 1s", "1.0"),
        ("recv", 1, "timer 1s", "1.0"),
        ("ready", 0, "g1", None),
        ("run", 1, None, None),
        ("block", 1, None, "sleep"),
        ("fire", 0, "after_func", None),
        ("go", 0, "g2", None),
        ("run", 2, None, None),
        ("end", 2, None, None),
        ("ready", 0, "g1", None),
        ("run", 1, None, None),
        ("set timer", 1, "timer 1s", "5s"),
        ("stop timer", 1, "timer 1s", None),
        ("exit", 1, None, "ok"),
    ]
    assert trace.goroutines[1] == GoroutineFacts(2, "<lambda>", 0, 3, "prog.py", 6, 7)


def test_a_trace_shows_who_stood_back():
    trace = traced("""
        def main():
            go(print, "x")
            runtime.gosched()
    """)
    assert [kind for kind, *_ in short(trace.events)] == [
        "run", "go", "yield", "run", "print", "end", "run", "exit",
    ]  # fmt: skip


def test_the_trace_of_a_panic_ends_with_the_crash():
    trace = traced("""
        def worker():
            panic("boom")

        def main():
            go(worker)
            nil.recv()
    """)
    assert trace.events[-1] == Event("crash", 0, 3, 2, None, "boom", 2, "prog.py")
    assert (trace.outcome, trace.message) == ("panic", "boom")
    assert [facts.ended is not None for facts in trace.goroutines] == [False, True]


@pytest.mark.parametrize(
    ("main", "options", "outcome", "message"),
    [
        (nil.recv, {}, "deadlock", "fatal error: all goroutines are asleep - deadlock!"),
        (lambda: sync.Mutex().unlock(), {}, "fatal", "fatal error: sync: unlock of unlocked mutex"),
        (lambda: 1 / 0, {}, "panic", "ZeroDivisionError: division by zero"),
        (lambda: {}["x"], {}, "panic", "KeyError: 'x'"),
        (lambda: time.sleep(9), {"until": 1}, "cut", ""),
        (lambda: [runtime.gosched() for _ in range(9)], {"max_steps": 3}, "budget",
         "the program took more than max_steps=3 steps"),
        (lambda: 42, {}, "ok", ""),
    ],
)  # fmt: skip
def test_a_trace_says_how_the_program_ended(main, options, outcome, message):
    trace = record(main, **options).trace
    assert (trace.outcome, trace.message) == (outcome, message)


def test_without_being_asked_run_makes_no_trace_and_record_can_be_asked_not_to():
    assert run(lambda: None).trace is None
    assert isinstance(run(lambda: None, trace=True).trace, Trace)
    assert record(lambda: None, trace=False).trace is None


def test_things_without_a_name_are_numbered():
    def main():
        for ch in [Chan(1) for _ in range(3)]:
            ch.send(0)
        twins = [Chan(1, name="twin") for _ in range(2)]
        for ch in twins:
            ch.send(0)
        for mu in [sync.Mutex() for _ in range(2)]:
            mu.lock()

    events = record(main).trace.events
    assert [event.object for event in events if event.object] == [
        "chan 1", "chan 2", "chan 3", "twin", "twin 2", "mutex 1", "mutex 2",
    ]  # fmt: skip


# -- values ----------------------------------------------------------------------------------


class Job:
    def run(self):
        pass


class Quiet:
    def __repr__(self):
        raise ZeroDivisionError


def shown(*values):
    """How these values appear in a trace."""

    def main():
        ch = Chan(len(values))
        for value in values:
            ch.send(value)

    return [event.value for event in record(main).trace.events if event.kind == "send"]


def test_values_are_shown_short_and_without_addresses():
    def inner():
        class Local:
            pass

        return Local()

    values = [
        None, True, 1.5, "text", [1, 2], "x" * 100, Job(), Job, Job().run, inner, inner(),
        lambda: 0, object(), (x for x in ""), {"job": Job()}, Quiet(), Chan[int](2, name="reply"),
        iter([]), memoryview(b""), "<at 0x12>",
    ]  # fmt: skip
    assert shown(*values) == [
        "None",
        "True",
        "1.5",
        "'text'",
        "[1, 2]",
        "'" + "x" * 38 + "…",
        "<Job>",
        "<class 'test_trace.Job'>",
        "<bound method Job.run of <Job>>",
        "<function inner>",
        "<Local>",
        "<function <lambda>>",
        "<object>",
        "<generator object <genexpr>>",
        "{'job': <Job>}",
        "<Quiet>",
        "<chan int reply 0/2>",
        "<list_iterator>",
        "<memory>",
        "'<at 0x12>'",
    ]


def test_a_value_is_shown_as_it_was_when_it_was_sent():
    def main():
        ch, basket = Chan(2), []
        ch.send(basket)
        basket.append("apple")
        ch.send(basket)

    sent = [event.value for event in record(main).trace.events if event.kind == "send"]
    assert sent == ["[]", "['apple']"]


def test_the_trace_of_a_panic_with_an_object_repeats():
    def main():
        panic(Job())

    traces = [record(main).trace for _ in range(2)]
    assert traces[0] == traces[1]
    assert (traces[0].message, traces[0].events[-1].value) == ("<Job>", "<Job>")


# -- spans -----------------------------------------------------------------------------------


def test_spans_say_who_was_in_which_state_from_when_to_when():
    spans = traced(SQUARES).spans()
    assert [span for span in spans if span.goroutine == 1] == [
        Span(1, "running", "running", None, 0, 0, 0, 5),
        Span(1, "blocked", "chan receive", "results", 0, S, 5, 9),
        Span(1, "runnable", "runnable", None, S, S, 9, 11),
        Span(1, "running", "running", None, S, S, 11, 12),
        Span(1, "blocked", "chan receive", "results", S, 2 * S, 12, 14),
        Span(1, "runnable", "runnable", None, 2 * S, 2 * S, 14, 16),
        Span(1, "running", "running", None, 2 * S, 2 * S, 16, 18),
    ]
    assert [(span.state, span.start, span.end) for span in spans if span.goroutine == 2] == [
        ("runnable", 0, 0),
        ("running", 0, 0),
        ("sleeping", 0, S),
        ("running", S, S),
        ("sleeping", S, 2 * S),
        ("running", 2 * S, 2 * S),
    ]


def test_the_states_of_a_goroutine_follow_one_another_without_a_gap():
    trace = record(everything, until=2).trace
    for facts in trace.goroutines:
        mine = [span for span in trace.spans() if span.goroutine == facts.id]
        for before, after in itertools.pairwise(mine):
            assert (before.end, before.last_step) == (after.start, after.first_step)
        ended = trace.last_step + 1 if facts.ended is None else facts.ended
        assert (mine[0].first_step, mine[-1].last_step) == (facts.started, ended)


def test_the_last_span_of_a_goroutine_that_crashed_ends_with_it():
    def main():
        go(lambda: (time.sleep(1), panic("after main")))
        go(time.sleep, 5)  # the trace goes on

    trace = record(main, linger=9).trace
    assert [(s.state, s.end) for s in trace.spans() if s.goroutine == 2][-2:] == [
        ("sleeping", S),
        ("running", S),
    ]
    assert trace.end == 5 * S


def test_work_and_waiting_for_a_processor_are_states_of_their_own():
    def main():
        wg = sync.WaitGroup()
        wg.go(work, 0.01)
        wg.go(work, 0.01)
        wg.wait()

    spans = [
        (span.goroutine, span.state, span.object, span.start // 1_000_000, span.end // 1_000_000)
        for span in record(main).trace.spans()
        if span.end > span.start
    ]
    assert sorted(spans) == [
        (1, "blocked", "wg", 0, 20),
        (2, "working", "processor 0", 0, 10),
        (3, "runnable", "a processor", 0, 10),
        (3, "working", "processor 0", 10, 20),
    ]


def test_a_goroutine_blocked_at_the_end_is_blocked_until_the_end():
    trace = traced("""
        def main():
            go(nil.recv)
            time.sleep(3)
    """)
    last = [span for span in trace.spans() if span.goroutine == 2][-1]
    assert (last.state, last.reason, last.object, last.end, last.last_step) == (
        "blocked",
        "chan receive (nil chan)",
        "nil",
        3 * S,
        trace.last_step + 1,
    )


# -- messages and occupancy ------------------------------------------------------------------


def test_messages_tell_who_sent_what_to_whom():
    assert traced(SQUARES).messages() == (
        Message(1, 2, "jobs", "1", 0, 0, 2, 6),
        Message(1, 2, "jobs", "2", 0, S, 3, 10),
        Message(2, 1, "results", "1", S, S, 9, 9),
        Message(2, 1, "results", "4", 2 * S, 2 * S, 14, 14),
    )


def test_a_message_that_nobody_took_has_no_receiver():
    trace = traced("""
        def main():
            ch = Chan(2, name="ch")
            ch.send("taken")
            ch.send("left")
            time.sleep(1)
            ch.recv()
    """)
    assert [(m.value, m.receiver, m.received) for m in trace.messages()] == [
        ("'taken'", 1, S),
        ("'left'", None, S),
    ]


def test_a_blocked_sender_whose_value_moves_up_has_sent_it():
    trace = traced("""
        def sender(ch):
            ch.send("second")

        def main():
            ch = Chan(1, name="ch")
            ch.send("first")
            go(sender, ch)
            runtime.gosched()
            ch.recv()
            ch.recv()
    """)
    assert [(m.sender, m.receiver, m.value) for m in trace.messages()] == [
        (1, 1, "'first'"),
        (2, 1, "'second'"),
    ]
    assert [level.count for level in trace.occupancy("ch")] == [0, 1, 0]


def test_messages_through_select_and_close():
    trace = traced("""
        def sender(ch):
            select(send(ch, "x"), recv(nil))

        def main():
            a, b = Chan(name="a"), Chan(1, name="b")
            go(sender, a)
            select(recv(a), recv(b))
            b.send("y")
            b.close()
            list(b)
    """)
    assert [(m.sender, m.receiver, m.channel, m.value) for m in trace.messages()] == [
        (2, 1, "a", "'x'"),
        (1, 1, "b", "'y'"),
    ]


def test_a_timer_value_received_late_is_a_message_of_the_clock():
    trace = traced("""
        def main():
            timer = time.Timer(1)
            time.sleep(3)
            timer.c.recv()
    """)
    assert [(m.sender, m.receiver, m.value, m.sent) for m in trace.messages()] == [
        (0, 1, "1.0", 3 * S)
    ]
    assert [(e.kind, e.time) for e in trace.events if e.object == "timer 1s"] == [
        ("set timer", 0),
        ("fire", 3 * S),
        ("send", 3 * S),
        ("recv", 3 * S),
    ]


def test_a_tick_that_nobody_took_is_no_message():
    trace = traced("""
        def main():
            ticker, other = time.Ticker(1), Chan[int]()
            other.close()
            time.sleep(1.5)
            while select(recv(ticker.c), recv(other))[0] == 0:
                time.sleep(1)
            time.sleep(1)
            ticker.reset(10)
            print(ticker.c.recv())
    """)
    received = [event.value for event in trace.events if event.kind == "recv"]
    assert [message.value for message in trace.messages()] == received
    assert {level.count for level in trace.occupancy("ticker 1s")} == {0}


def test_occupancy_says_how_full_the_buffer_was():
    trace = traced(SQUARES)
    assert trace.occupancy("jobs") == (
        Level(0, 0, 0),
        Level(0, 2, 1),
        Level(0, 3, 2),
        Level(0, 6, 1),
        Level(S, 10, 0),
    )
    assert trace.occupancy("results") == (Level(0, 0, 0),)
    with pytest.raises(KeyError) as error:
        trace.occupancy("reuslts")
    assert error.value.args == ("no channel 'reuslts' in this trace; it has jobs, results",)
    with pytest.raises(KeyError) as error:
        record(lambda: None).trace.occupancy("jobs")
    assert error.value.args == ("no channel 'jobs' in this trace; it has none",)


@pytest.mark.parametrize("seed", range(20))
def test_the_k_th_receive_gets_the_value_of_the_k_th_send(seed):
    def main():
        ch, wg = Chan(2, name="ch"), sync.WaitGroup()

        def sender(k):
            for n in range(5):
                select(send(ch, (k, n)), recv(nil))

        def receiver():
            for _ in ch:
                time.sleep(0.1)

        for k in range(3):
            wg.go(sender, k)
        go(receiver)
        go(receiver)
        wg.wait()

    trace = record(main, seed=seed).trace
    sent = [event.value for event in trace.events if event.kind == "send"]
    received = [event.value for event in trace.events if event.kind == "recv"]
    assert received == sent[: len(received)]
    counts = [level.count for level in trace.occupancy("ch")]
    assert (min(counts), max(counts)) == (0, 2)


# -- plain data ------------------------------------------------------------------------------


def everything():
    """A program with a bit of all there is, which never ends by itself."""
    ch, wg, mu = Chan[str](1, name="ch"), sync.WaitGroup(), sync.Mutex()
    ticks = time.tick(0.5)

    def producer(k):
        for n in range(5):
            with mu:
                work(0.01)
            select(send(ch, f"{k}.{n}"), recv(time.after(0.2)))

    for k in range(3):
        wg.go(producer, k)
    timer = time.after_func(1, lambda: print("späť\n☕"))
    while True:
        match select(recv(ch), recv(ticks), recv(nil)):
            case 0, value, _:
                print(value, end=" ")
        mu.try_lock() and mu.unlock()
        select(default)
        timer.stop()


def panics():
    go(nil.recv)
    runtime.gosched()
    try:
        panic("first")
    except Panic:
        panic("mañana\nsecond line")


PROGRAMS = [
    (everything, {"until": 3}),
    (everything, {"until": 3, "seed": 1, "procs": 2}),
    (panics, {}),
    (nil.recv, {}),
    (lambda: None, {}),
    (lambda: [go(Chan(1).send, value) for value in ("\ud800", "\x00", '"')] and time.sleep(1), {}),
]


@pytest.mark.parametrize(("program", "options"), PROGRAMS)
def test_a_trace_survives_json(program, options):
    trace = record(program, **options).trace
    text = trace.to_json()
    again = Trace.from_json(text)
    assert again == trace
    assert again.to_json() == text
    assert (again.spans(), again.messages()) == (trace.spans(), trace.messages())
    assert isinstance(json.loads(text), dict)
    assert " at 0x" not in text


@pytest.mark.parametrize(
    "text", ["", "nothing", "[]", "{}", "3", '{"events": 3}', '{"events": [[]]}',
             '{"events": [], "goroutines": [], "channels": [], "sources": [], "colour": 1}'],
)  # fmt: skip
def test_what_is_no_trace_is_refused(text):
    with pytest.raises(ValueError, match=r"^this JSON is no trace: "):
        Trace.from_json(text)


def test_a_trace_is_frozen():
    trace = record(everything, until=1).trace
    for part, field in [
        (trace, "events"),
        (trace.events[0], "time"),
        (trace.goroutines[0], "name"),
        (trace.channels[0], "cap"),
        (trace.sources[0], "text"),
        (trace.spans()[0], "end"),
        (trace.messages()[0], "value"),
        (trace.occupancy("ch")[0], "count"),
    ]:
        with pytest.raises(AttributeError):
            setattr(part, field, None)
    assert issubclass(dataclasses.FrozenInstanceError, AttributeError)
    assert all(type(part) is tuple for part in (trace.events, trace.spans(), trace.messages()))


def test_a_trace_holds_nothing_but_plain_data():
    def plain(value):
        if isinstance(value, tuple):
            return all(map(plain, value))
        return value is None or type(value) in (int, str)

    trace = record(everything, until=1).trace
    assert all(plain(getattr(trace, field.name)) for field in dataclasses.fields(trace))


# -- Perfetto --------------------------------------------------------------------------------


def perfetto(trace, tmp_path):
    path = tmp_path / "trace.json"
    trace.to_perfetto(path)
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_perfetto_file_has_a_line_for_each_goroutine(tmp_path):
    document = perfetto(traced(SQUARES), tmp_path)
    assert list(document) == ["traceEvents", "displayTimeUnit"]
    names = [row for row in document["traceEvents"] if row["ph"] == "M"]
    assert [(row["name"], row["pid"], row["tid"], row["args"]) for row in names] == [
        ("thread_name", 1, 1, {"name": "goroutine 1 (main)"}),
        ("thread_name", 1, 2, {"name": "goroutine 2 (worker)"}),
    ]


def test_a_perfetto_file_has_a_slice_for_each_span(tmp_path):
    trace = traced(SQUARES)
    slices = [row for row in perfetto(trace, tmp_path)["traceEvents"] if row["ph"] == "X"]
    assert len(slices) == len(trace.spans())
    assert {"ph": "X", "pid": 1, "tid": 1, "ts": 0.0, "dur": 1e6, "cat": "blocked",
            "name": "chan receive results", "args": {"steps": "5-9"}} in slices  # fmt: skip


def test_a_perfetto_file_has_an_arrow_for_each_message_that_arrived(tmp_path):
    trace = traced(SQUARES)
    rows = perfetto(trace, tmp_path)["traceEvents"]
    starts = {row["id"]: row for row in rows if row["ph"] == "s"}
    ends = {row["id"]: row for row in rows if row["ph"] == "f"}
    assert starts.keys() == ends.keys() == {0, 1, 2, 3}
    assert [(starts[k]["tid"], ends[k]["tid"], ends[k]["ts"], ends[k]["bp"]) for k in range(4)] == [
        (1, 2, 0.0, "e"),
        (1, 2, 1e6, "e"),
        (2, 1, 1e6, "e"),
        (2, 1, 2e6, "e"),
    ]
    assert all(
        (starts[k]["name"], starts[k]["cat"]) == (ends[k]["name"], ends[k]["cat"]) for k in starts
    )


def test_a_perfetto_file_marks_what_happened_at_one_moment(tmp_path):
    trace = traced("""
        def main():
            print("hello")
            Chan(name="ch").close()
            time.after(1).recv()
            panic("boom")
    """)
    rows = perfetto(trace, tmp_path)["traceEvents"]
    marks = [(row["name"], row["tid"], row["ts"], row["s"]) for row in rows if row["ph"] == "i"]
    assert marks == [
        ("print hello", 1, 0.0, "t"),
        ("close ch", 1, 0.0, "t"),
        ("fire timer 1s", 0, 1e6, "g"),
        ("crash boom", 1, 1e6, "t"),
    ]


@pytest.mark.parametrize(("program", "options"), PROGRAMS[:5])
def test_every_row_of_a_perfetto_file_is_complete(program, options, tmp_path):
    rows = perfetto(record(program, **options).trace, tmp_path)["traceEvents"]
    for row in rows:
        assert {"ph", "pid", "tid", "ts", "name"} <= row.keys()
        assert row["ph"] in "MXsfi"
        assert row["ts"] >= 0
        assert row.get("dur", 0) >= 0


def test_a_last_line_without_an_end_is_printed_when_its_goroutine_ends_or_is_left():
    def main():
        ch = Chan()

        def worker():
            print("half", end="")

        go(worker)
        print("asleep", end="")
        ch.recv()

    result = record(main)
    assert result.outcome == "deadlock"
    prints = [(e.goroutine, e.value) for e in result.trace.events if e.kind == "print"]
    assert prints == [(2, "half"), (1, "asleep")]


def test_each_way_through_a_channel_is_told_with_its_step_and_its_line():
    trace = traced("""
        def sender(ch):
            ch.send(1)
            ch.send(2)
            time.sleep(1)
            ch.send(3)

        def main():
            ch = Chan(name="ch")
            go(sender, ch)
            runtime.gosched()
            ch.recv()
            ch.recv()
            ch.recv()
            go(ch.recv_ok)
            runtime.gosched()
            ch.close()
            try:
                ch.send(4)
            except Panic:
                pass
            ch.recv()
    """)
    told = [(e.kind, e.step, e.goroutine, e.object, e.value, e.line) for e in trace.events]
    assert told == [
        ("run", 0, 1, None, None, 0),
        ("go", 1, 1, "g2", None, 9),
        ("yield", 2, 1, None, None, 10),
        ("run", 2, 2, None, None, 0),
        ("block", 3, 2, "ch", "chan send", 2),
        ("run", 3, 1, None, None, 10),
        ("send", 4, 2, "ch", "1", 2),
        ("recv", 4, 1, "ch", "1", 11),
        ("ready", 4, 1, "g2", None, 11),
        ("block", 5, 1, "ch", "chan receive", 12),
        ("run", 5, 2, None, None, 2),
        ("send", 6, 2, "ch", "2", 3),
        ("recv", 6, 1, "ch", "2", 12),
        ("ready", 6, 2, "g1", None, 3),
        ("block", 7, 2, None, "sleep", 4),
        ("run", 7, 1, None, None, 12),
        ("block", 8, 1, "ch", "chan receive", 13),
        ("ready", 9, 0, "g2", None, 0),
        ("run", 9, 2, None, None, 4),
        ("send", 10, 2, "ch", "3", 5),
        ("recv", 10, 1, "ch", "3", 13),
        ("ready", 10, 2, "g1", None, 5),
        ("end", 11, 2, None, None, 5),
        ("run", 11, 1, None, None, 13),
        ("go", 12, 1, "g3", None, 14),
        ("yield", 13, 1, None, None, 15),
        ("run", 13, 3, None, None, 0),
        ("block", 14, 3, "ch", "chan receive", 0),
        ("run", 14, 1, None, None, 15),
        ("close", 15, 1, "ch", None, 16),
        ("recv closed", 15, 3, "ch", "None", 0),
        ("ready", 15, 1, "g3", None, 16),
        ("send on closed", 16, 1, "ch", None, 18),
        ("recv closed", 17, 1, "ch", "None", 21),
        ("exit", 18, 1, None, "ok", 21),
    ]


def test_a_function_that_is_the_same_in_another_file_keeps_its_own_file():
    def traced(file):
        names = {"go": go, "time": time}
        text = "def main():\n    go(lambda: time.sleep(1))\n    time.sleep(2)\n"
        exec(compile(text, file, "exec"), names)
        return record(names["main"]).trace

    for file in ("first.py", "second.py"):
        assert traced(file).function_at(file, 3) == "main"


def test_things_of_one_name_are_numbered_without_trying_all_numbers():
    class Counted(set):
        asked = 0

        def __contains__(self, name):
            Counted.asked += 1
            return super().__contains__(name)

    names = Names()
    names._used = Counted()
    things = [Chan(name="timer 1s") for _ in range(500)] + [Chan() for _ in range(500)]
    found = [names.of(thing) for thing in things]
    assert found[:3] + found[499:502] == [
        *("timer 1s", "timer 1s 2", "timer 1s 3"),
        *("timer 1s 500", "chan 1", "chan 2"),
    ]
    assert len(set(found)) == 1000
    assert Counted.asked <= 3 * len(found)

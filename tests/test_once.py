"""Once, once_func, once_value, once_values."""

import copy

import pytest
from listing import listing

from gochan import Chan, Deadlock, Panic, go, panic, record, run, runtime, sync, time
from gochan.analysis.waits import wakers
from gochan.analysis.words import sentences


def test_only_the_first_function_is_called():
    log = []

    def main():
        once = sync.Once()
        once.do(lambda: log.append("first"))
        once.do(lambda: log.append("second"))

    run(main)
    assert log == ["first"]


def test_others_wait_until_the_first_call_has_ended():
    log = []

    def main():
        once, wg = sync.Once(), sync.WaitGroup()

        def worker(name):
            once.do(lambda: (log.append((name, "does it")), time.sleep(1)))
            log.append((name, time.now()))

        for name in "abc":
            wg.go(worker, name)
        wg.wait()

    run(main)
    assert log == [("a", "does it"), ("a", 1.0), ("b", 1.0), ("c", 1.0)]


def test_a_waiting_do_is_seen_to_wait_on_the_once():
    def main():
        once = sync.Once()
        go(once.do, Chan().recv, name="first")
        runtime.gosched()
        go(once.do, print, name="second")
        runtime.gosched()

    left = record(main).left
    assert [(info.name, info.state, info.waiting_on) for info in left[1:]] == [
        ("second", "sync.Mutex.Lock", "once")
    ]


@pytest.mark.parametrize("error", [Panic("boom"), ValueError("boom")])
def test_what_it_raises_counts_as_done_and_reaches_the_first_caller_only(error):
    log = []

    def main():
        once, wg = sync.Once(), sync.WaitGroup()

        def fail():
            time.sleep(1)
            raise error

        def worker(name):
            try:
                once.do(fail)
                log.append((name, "nothing"))
            except (Panic, ValueError) as caught:
                log.append((name, caught is error))

        wg.go(worker, "first")
        wg.go(worker, "second")
        wg.wait()
        once.do(fail)

    run(main)
    assert log == [("first", True), ("second", "nothing")]


def test_a_do_inside_do_is_a_deadlock():
    program = listing("""
        def main():
            once = sync.Once()
            once.do(lambda: once.do(print))
    """)
    with pytest.raises(Deadlock) as error:
        run(program["main"])
    assert str(error.value).startswith(
        "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.Mutex.Lock]:\n"
    )


def test_do_of_none_panics_and_counts_as_done():
    log = []

    def main():
        once = sync.Once()
        try:
            once.do(None)
        except Panic as p:
            log.append(str(p))
        once.do(lambda: log.append("called"))

    run(main)
    assert log == ["runtime error: invalid memory address or nil pointer dereference"]


def test_a_loop_of_do_lets_the_others_run():
    def main():
        once, stop = sync.Once(), []
        once.do(print)
        go(stop.append, True)
        while not stop:
            once.do(print)

    assert run(main, max_steps=1_000).outcome == "ok"


def test_a_copy_is_done_for_itself_as_far_as_the_original_was():
    once, log = sync.Once(name="once"), []
    before = copy.copy(once)
    once.do(lambda: log.append("original"))
    before.do(lambda: log.append("copied before"))
    after = copy.copy(once)
    after.do(lambda: log.append("copied after"))
    assert (log, repr(after)) == (["original", "copied before"], "<Once once done>")


def test_a_copy_of_one_being_done_is_never_done():
    def main():
        twins, once = [], sync.Once()
        once.do(lambda: twins.append(copy.copy(once)))
        twins[0].do(print)

    result = record(main)
    assert (result.outcome, [info.state for info in result.left]) == (
        "deadlock",
        ["sync.Mutex.Lock"],
    )


def test_it_was_not_done_if_the_run_ended_in_the_middle():
    once, log = sync.Once(name="once"), []

    def first():
        go(once.do, Chan().recv)
        go(once.do, print)
        runtime.gosched()
        return repr(once)

    def second():
        once.do(lambda: log.append("done now"))

    assert run(first).value == "<Once once being done>"
    assert repr(once) == "<Once once not done>"
    run(second)
    assert (log, repr(once)) == (["done now"], "<Once once done>")


def test_a_once_works_outside_a_run():
    once, log = sync.Once(name="setup"), []
    once.do(lambda: log.append(1))
    once.do(lambda: log.append(2))
    assert (log, repr(once)) == ([1], "<Once setup done>")


def test_its_steps_are_told_in_words_and_who_does_it_is_who_could_wake_the_others():
    def main():
        once = sync.Once()
        go(once.do, lambda: time.sleep(1), name="first")
        runtime.gosched()
        go(once.do, print, name="second")
        time.sleep(2)
        once.do(print)

    trace = record(main).trace
    assert [text for text in sentences(trace) if " once" in text] == [
        "first is the first to do once.",
        "second has to wait: once is locked.",
        "first has done once; second can go on.",
        "first returns; second need not do once: it is done.",
        "main need not do once: it is done.",
    ]
    assert wakers(trace)["sync.Mutex.Lock", "once"] == (2,)


# -- once_func, once_value, once_values ------------------------------------------------------


@pytest.mark.parametrize("make", [sync.once_value, sync.once_values])
def test_a_value_is_made_once_and_kept(make):
    log = []

    def load():
        log.append("loads")
        return "a", 1

    def main():
        get = make(load)
        return get(), get(), get.__name__

    assert run(main).value == (("a", 1), ("a", 1), "load")
    assert log == ["loads"]


def test_once_func_calls_once_and_returns_nothing():
    log = []

    def main():
        setup = sync.once_func(lambda: log.append("set up") or "a value")
        return setup(), setup()

    assert run(main).value == (None, None)
    assert log == ["set up"]


@pytest.mark.parametrize("make", [sync.once_func, sync.once_value, sync.once_values])
@pytest.mark.parametrize("error", [KeyError("missing"), SystemExit(3)])
def test_the_same_exception_is_raised_on_every_call(make, error):
    calls = []

    def fail():
        calls.append(1)
        raise error

    def main():
        get, caught, depths = make(fail), [], []
        for _ in range(3):
            try:
                get()
            except (KeyError, SystemExit) as e:
                caught.append(e is error)
                depths.append(len(list(_frames(e.__traceback__))))
        return caught, depths[1] == depths[2]

    assert run(main).value == ([True, True, True], True)
    assert calls == [1]


def _frames(traceback):
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def test_a_panic_with_nothing_is_raised_again_too():
    def main():
        get, texts = sync.once_value(panic), []
        for _ in range(2):
            try:
                get()
            except Panic as p:
                texts.append(str(p))
        return texts

    assert run(main).value == ["runtime error: panic called with nil argument"] * 2


def test_others_wait_for_the_value():
    def main():
        config = sync.once_value(lambda: time.sleep(1) or time.now())
        results = Chan(3)
        for _ in range(3):
            go(lambda: results.send((config(), time.now())))
        return [results.recv() for _ in range(3)]

    assert run(main).value == [(1.0, 1.0)] * 3


def test_whoever_waits_for_a_value_is_seen_to_wait_on_the_variable_it_is_kept_in():
    def main():
        config = sync.once_value(Chan().recv)
        for _ in range(2):
            go(config)
            runtime.gosched()

    assert record(main).left[1].waiting_on == "config"


def test_as_a_decorator_it_has_the_functions_name():
    @sync.once_value
    def settings():
        return Chan().recv()

    def main():
        for _ in range(2):
            go(settings)
            runtime.gosched()

    assert [(info.name, info.waiting_on) for info in record(main).left] == [
        ("settings", "chan"),
        ("settings", "settings"),
    ]


async def wait_for_it():
    return 1


def numbers():
    yield 1


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: sync.Once().do(3), "Once.do takes a function, not 3"),
        (lambda: sync.once_func(3), "once_func takes a function, not 3"),
        (lambda: sync.once_value(None), "once_value takes a function, not None"),
        (lambda: sync.once_values("f"), "once_values takes a function, not 'f'"),
        (
            lambda: sync.Once().do(wait_for_it),
            "wait_for_it is an async function: a goroutine is a plain def, without await",
        ),
        (
            lambda: sync.once_value(numbers),
            "numbers is a generator: a goroutine sends on a channel, it doesn't yield",
        ),
        (lambda: sync.Once(name=3), "a name is a str, not 3"),
    ],
)
def test_wrong_arguments_are_refused(use, sentence):
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == sentence


def test_a_refused_function_is_not_done():
    once, log = sync.Once(), []
    with pytest.raises(TypeError):
        once.do(3)
    once.do(lambda: log.append("done"))
    assert log == ["done"]

"""Shared variables: what every access shows, and what comes between two of them."""

import pytest
from listing import listing

from gochan import FatalError, Panic, Var, go, record, run, runtime, sync
from gochan.analysis.words import sentences


def outcomes(main, seeds=200):
    """How the program ends under so many random schedules."""
    results = [record(main, seed=seed) for seed in range(seeds)]
    texts = [str(one.error or one.value).split("\n")[0] for one in results]
    return {text.removeprefix("fatal error: ") for text in texts}


def test_a_variable_is_read_and_written():
    def main():
        v = Var(1)
        v.value += 2
        return v.value, repr(v), bool(Var(0))

    assert record(main).value == (3, "<Var v 3>", True)


def test_outside_a_run_a_variable_works_too():
    v = Var({"a": 1}, name="counts")
    v["b"] = 2
    del v["a"], v["none"]
    assert (dict(v.value), len(v), "b" in v, list(v), v["b"]) == ({"b": 2}, 1, True, ["b"], 2)


def test_between_a_read_and_a_write_others_may_come():
    def main():
        count, wg = Var(0), sync.WaitGroup()

        def add():
            count.value += 1

        for _ in range(2):
            wg.go(add)
        wg.wait()
        return count.value

    assert outcomes(main) == {"1", "2"}
    assert run(main).value == 2


def test_who_waits_by_reading_has_read_what_is_told():
    def main():
        ready = Var(False)

        def setter():
            ready.value = True

        go(setter)
        while not ready.value:
            pass

    events = record(main).trace.events
    read = [event.value for event in events if event.kind == "read"]
    assert (read[-2:], len(read) > 1_000) == (["False", "True"], True)


def test_a_lock_keeps_the_others_out():
    def main():
        count, mu, wg = Var(0), sync.Mutex(), sync.WaitGroup()

        def add():
            with mu:
                count.value += 1

        for _ in range(2):
            wg.go(add)
        wg.wait()
        return count.value

    assert outcomes(main, 100) == {"2"}


def two_in_a_map(*accesses):
    def main():
        m, wg = Var({"a": 1}), sync.WaitGroup()
        for access in accesses:
            wg.go(access, m)
        wg.wait()
        return "apart"

    return main


def write(m):
    m["a"] = 2


def read(m):
    return m["a"]


def iterate(m):
    return [key for key in m]  # noqa: C416 - list(m) would ask for the length first


@pytest.mark.parametrize(
    ("accesses", "error"),
    [
        ((write, write), "concurrent map writes"),
        ((write, lambda m: m.__delitem__("a")), "concurrent map writes"),
        ((write, read), "concurrent map read and map write"),
        ((write, len), "concurrent map read and map write"),
        ((write, lambda m: "a" in m), "concurrent map read and map write"),
    ],
)
def test_two_inside_a_map_are_a_fatal_error_if_one_writes(accesses, error):
    assert outcomes(two_in_a_map(*accesses)) == {"apart", error}


def test_who_iterates_is_told_so():
    assert outcomes(two_in_a_map(write, iterate)) == {
        "apart",
        "concurrent map iteration and map write",
    }


def test_readers_may_share_a_map():
    assert outcomes(two_in_a_map(read, read, len, iterate)) == {"apart"}


def test_without_preemption_two_are_never_inside():
    for accesses in [(write, write), (write, read)]:
        assert run(two_in_a_map(*accesses)).value == "apart"


def test_nothing_can_catch_the_fatal_error():
    def main():
        m, wg = Var({}), sync.WaitGroup()

        def write_and_catch():
            try:
                m["a"] = 1
            except BaseException:  # noqa: BLE001 - that is the point
                return

        wg.go(write_and_catch)
        wg.go(write_and_catch)
        wg.wait()

    ended = {record(main, seed=seed).outcome for seed in range(100)}
    assert ended == {"ok", "fatal"}
    seed = next(seed for seed in range(100) if record(main, seed=seed).outcome == "fatal")
    with pytest.raises(FatalError) as error:
        run(main, seed=seed)
    assert str(error.value) == "fatal error: concurrent map writes"


def test_a_map_that_outlives_a_run_is_empty_of_goroutines():
    m = Var({"a": 1})

    def main():
        go(write, m)
        go(read, m)
        runtime.gosched()

    for seed in range(50):
        record(main, seed=seed)
        run(lambda: write(m), seed=1)
    assert m["a"] == 2


def test_a_nil_map_can_be_read_and_not_written():
    def main():
        m = Var(None, name="m")
        del m["a"]
        with pytest.raises(KeyError):
            m["a"]
        with pytest.raises(Panic, match="assignment to entry in nil map"):
            m["a"] = 1
        return len(m), "a" in m, list(m)

    assert run(main).value == (0, False, [])


def test_what_holds_no_map_says_so():
    v = Var([1, 2])
    with pytest.raises(TypeError, match=r"^this Var holds \[1, 2\], which is no map: "):
        v[0]


def test_a_missing_key_is_a_key_error_and_the_map_is_left():
    def main():
        m = Var({})
        for _ in range(2):
            with pytest.raises(KeyError):
                m["a"]
        m["a"] = 1
        return m["a"]

    assert run(main, seed=1).value == 1


def test_a_key_that_goes_while_others_are_visited_is_left_out():
    def main():
        m = Var({"a": 1, "b": 2, "c": 3})
        seen = []
        for key in m:
            seen.append(key)
            del m["b"]
        return seen

    assert run(main).value == ["a", "c"]
    assert record(main).value == ["a", "c"]


def test_its_steps_are_told_in_words():
    program = listing("""
        def main():
            v = Var(1)
            v.value += 1
            m = Var({"a": 1})
            m["a"] += 1
            len(m)
    """)
    trace = record(program["main"]).trace
    assert sentences(trace)[1:-1] == [
        "main reads 1 from v.",
        "main writes 2 to v.",
        "main goes into the map m to read 'a'.",
        "main comes out of the map m.",
        "main goes into the map m to write 'a'.",
        "main comes out of the map m.",
        "main goes into the map m to read all its keys.",
        "main comes out of the map m.",
    ]
    assert [event.line for event in trace.events][1:3] == [3, 3]

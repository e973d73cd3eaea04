"""Map and Pool: what goroutines may share without a lock."""

import pytest

from gochan import Panic, go, record, run, runtime, sync, time
from gochan.analysis.words import sentences

# -- Map -------------------------------------------------------------------------------------


def test_load_store_and_delete():
    m = sync.Map()
    log = [m.load("a")]
    m.store("a", 1)
    log += [m.load("a")]
    m.delete("a")
    m.delete("a")
    assert [*log, m.load("a")] == [(None, False), (1, True), (None, False)]


def test_load_or_store_keeps_what_is_there():
    m = sync.Map()
    assert [m.load_or_store("a", 1), m.load_or_store("a", 2)] == [(1, False), (1, True)]


def test_load_and_delete_takes_it_out():
    m = sync.Map()
    m.store("a", 1)
    assert [m.load_and_delete("a"), m.load_and_delete("a")] == [(1, True), (None, False)]


def test_swap_gives_the_value_before():
    m = sync.Map()
    assert [m.swap("a", 1), m.swap("a", 2), m.load("a")] == [(None, False), (1, True), (2, True)]


def test_compare_and_swap():
    m = sync.Map()
    log = [m.compare_and_swap("a", None, 1)]
    m.store("a", 1)
    log += [m.compare_and_swap("a", 2, 3), m.compare_and_swap("a", True, 3)]
    log += [m.compare_and_swap("a", 1, 3), m.load("a")]
    assert log == [False, False, False, True, (3, True)]


def test_compare_and_delete():
    m = sync.Map()
    log = [m.compare_and_delete("a", None)]
    m.store("a", 1)
    log += [m.compare_and_delete("a", 2), m.compare_and_delete("a", 1), m.load("a")]
    assert log == [False, False, True, (None, False)]


def test_none_is_a_value_and_a_key():
    m = sync.Map()
    m.store(None, None)
    assert [m.load(None), m.compare_and_swap(None, None, 1)] == [(None, True), True]


def test_keys_of_different_types_are_different_keys():
    m = sync.Map()
    for key in (1, True, 1.0):
        m.store(key, repr(key))
    assert [m.load(key)[0] for key in (1, True, 1.0)] == ["1", "True", "1.0"]


def test_clear_deletes_all():
    m = sync.Map(name="table")
    m.store("a", 1)
    log = [repr(m)]
    m.clear()
    assert [*log, repr(m), m.load("a")] == [
        "<Map table 1 keys>",
        "<Map table 0 keys>",
        (None, False),
    ]


def test_range_goes_on_while_the_function_returns_true():
    m, seen = sync.Map(), []
    for k in range(5):
        m.store(k, k * k)

    def look(key, value):
        seen.append((key, value))
        return key < 2

    m.range(look)
    assert seen == [(0, 0), (1, 1), (2, 4)]


def test_range_is_no_snapshot_and_may_be_nested():
    m, seen = sync.Map(), []
    for k in range(4):
        m.store(k, "old")

    def look(key, value):
        seen.append((key, value))
        m.delete(2)
        m.store(3, "new")
        m.store(4, "too late")
        if key == 0:
            m.range(lambda k, _: seen.append(k) or True)
        return True

    m.range(look)
    assert seen == [(0, "old"), 0, 1, 3, 4, (1, "old"), (3, "new")]


def test_others_may_come_in_between_two_keys_of_range():
    def main():
        m, seen = sync.Map(), []
        for k in range(3):
            m.store(k, 0)
        go(m.store, 2, 1)
        m.range(lambda _, value: seen.append(value) or True)
        return tuple(seen)

    assert {run(main, seed=seed).value for seed in range(50)} == {(0, 0, 0), (0, 0, 1)}


@pytest.mark.parametrize("result", [None, 1, "yes"])
def test_a_function_that_forgets_to_say_whether_to_go_on_is_told(result):
    m = sync.Map()
    m.store("a", 1)
    with pytest.raises(TypeError) as error:
        m.range(lambda key, value: result)
    assert str(error.value) == (
        f"the function given to Map.range returns True to go on or False to stop, not {result!r}"
    )


USES = {
    "load": lambda m, key: m.load(key),
    "store": lambda m, key: m.store(key, 1),
    "load_or_store": lambda m, key: m.load_or_store(key, 1),
    "load_and_delete": lambda m, key: m.load_and_delete(key),
    "delete": lambda m, key: m.delete(key),
    "swap": lambda m, key: m.swap(key, 1),
    "compare_and_swap": lambda m, key: m.compare_and_swap(key, 1, 2),
    "compare_and_delete": lambda m, key: m.compare_and_delete(key, 1),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(("key", "kind"), [([], "list"), (([],), "list"), ({}, "dict")])
def test_a_key_that_cannot_be_hashed_panics(use, key, kind):
    with pytest.raises(Panic) as error:
        USES[use](sync.Map(), key)
    assert str(error.value) == f"runtime error: hash of unhashable type {kind}"


def test_values_that_cannot_be_compared_panic_when_they_are():
    m = sync.Map()
    log = [m.compare_and_swap("a", [], 1)]  # nothing to compare with
    m.store("a", [1])
    log += [m.compare_and_delete("a", 1)]  # another type is enough to know
    for compare in (m.compare_and_delete, lambda key, old: m.compare_and_swap(key, old, 2)):
        with pytest.raises(Panic) as error:
            compare("a", [1])
        log.append(str(error.value))
    assert log == [False, False, *["runtime error: comparing uncomparable type list"] * 2]


@pytest.mark.parametrize("use", ["load", "delete", "compare_and_swap", "range", "range of none"])
def test_a_loop_that_only_looks_lets_the_others_run(use):
    def main():
        m, stop = sync.Map(), []

        def later():
            time.sleep(1)
            stop.append(True)

        go(later)
        m.store("here", 1)
        while not stop:
            if use == "range of none":
                sync.Map().range(print)
            elif use == "range":
                m.range(lambda key, value: True)
            else:
                USES[use](m, "here" if use == "load" else "gone")
        return time.now()

    assert run(main, max_steps=100_000).value == 1.0


def test_a_loop_that_stores_for_ever_lets_the_others_run():
    def main():
        m, stop = sync.Map(), []
        go(stop.append, True)
        while not stop:
            m.store("a", 1)

    assert run(main, max_steps=10_000).outcome == "ok"


def test_a_map_tells_each_operation_in_words():
    def main():
        m = sync.Map()
        m.load("a")
        m.store("a", 1)
        m.load("a")
        m.swap("a", 2)
        m.compare_and_swap("a", 1, 3)
        m.delete("a")
        m.range(lambda key, value: True)
        m.clear()

    assert [text for text in sentences(record(main).trace) if " m" in text][1:] == [
        "main stores 'a': 1 in m.",
        "main loads 'a': 1 from m.",
        "main swaps 'a': 2 into m.",
        "main changes nothing: m holds 'a': 2.",
        "main deletes 'a': 2 from m.",
        "main goes through m.",
        "main clears m.",
    ]


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: sync.Map().range(3), "Map.range takes a function of a key and a value, not 3"),
        (lambda: sync.Pool(3), "Pool takes a function that makes a thing, not 3"),
        (lambda: sync.Map(name=3), "a name is a str, not 3"),
        (lambda: sync.Pool(name=3), "a name is a str, not 3"),
    ],
)
def test_wrong_arguments_are_refused(use, sentence):
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == sentence


# -- Pool ------------------------------------------------------------------------------------


def test_a_pool_gives_the_first_and_then_the_newest_as_go_does_on_one_processor():
    pool = sync.Pool()
    for thing in "abcd":
        pool.put(thing)
    assert [pool.get() for _ in range(5)] == ["a", "d", "c", "b", None]


def test_an_empty_pool_makes_a_new_thing():
    made = []
    pool = sync.Pool(lambda: made.append("thing") or len(made))
    log = [pool.get(), pool.get()]
    pool.put(1)
    assert [*log, pool.get(), pool.get()] == [1, 2, 1, 3]


def test_none_is_not_kept():
    pool = sync.Pool(lambda: "new", name="buffers")
    pool.put(None)
    assert (repr(pool), pool.get()) == ("<Pool buffers 0 things>", "new")
    pool.put(0)
    pool.put(None)
    pool.put("")
    assert (repr(pool), pool.get(), pool.get()) == ("<Pool buffers 2 things>", 0, "")


def test_new_may_be_set_later():
    pool = sync.Pool()
    pool.new = lambda: "new"
    assert pool.get() == "new"


def test_a_loop_of_get_lets_the_others_run():
    def main():
        pool = sync.Pool()
        go(pool.put, "thing")
        while pool.get() is None:
            pass

    assert run(main, max_steps=1_000).outcome == "ok"


def test_a_pool_tells_each_operation_in_words():
    def main():
        pool = sync.Pool()
        pool.put("a")
        pool.get()
        pool.get()
        runtime.gosched()

    assert [text for text in sentences(record(main).trace) if "pool" in text] == [
        "main stores 'a' in pool.",
        "main loads 'a' from pool.",
        "main finds no spare thing in pool.",
    ]

"""Atomics: variables whose every operation is one step."""

import pytest

from gochan import Panic, atomic, go, record, run, runtime, sync, time
from gochan.analysis.words import sentences

INTS = {
    atomic.Int: (-(2**63), 2**63 - 1),
    atomic.Int32: (-(2**31), 2**31 - 1),
    atomic.Int64: (-(2**63), 2**63 - 1),
    atomic.Uint32: (0, 2**32 - 1),
    atomic.Uint64: (0, 2**64 - 1),
}


def test_an_int_loads_stores_adds_and_swaps():
    n = atomic.Int()
    log = [n.load(), n.add(7), n.add(-1), n.swap(3), n.load()]
    n.store(10)
    log += [n.compare_and_swap(9, 1), n.load(), n.compare_and_swap(10, 1), n.load()]
    assert log == [0, 7, 6, 6, 3, False, 10, True, 1]


def test_and_and_or_return_the_value_before():
    n = atomic.Int(0b0110)
    assert [n.and_(0b0011), n.load(), n.or_(0b1000), n.load()] == [0b0110, 0b0010, 0b0010, 0b1010]


@pytest.mark.parametrize("kind", INTS)
def test_an_int_wraps_round_at_both_ends(kind):
    lowest, highest = INTS[kind]
    log = [kind(highest).add(1), kind(lowest).add(-1), kind(highest).load(), kind(lowest).load()]
    assert log == [lowest, highest, highest, lowest]
    assert [kind(highest + 1).load(), kind(lowest).swap(0)] == [lowest, lowest]


@pytest.mark.parametrize("kind", INTS)
def test_what_is_stored_and_compared_wraps_round_too(kind):
    lowest, highest = INTS[kind]
    n = kind()
    n.store(highest + 1)
    log = [n.load(), n.compare_and_swap(highest + 1, highest + 2), n.load(), n.swap(highest + 1)]
    log += [n.load(), n.or_(-1), n.load() == kind(-1).load(), n.and_(lowest - 1), n.load()]
    all_bits = kind(-1).load()
    assert log == [lowest, True, lowest + 1, lowest + 1, lowest, lowest, True, all_bits, highest]


@pytest.mark.parametrize("seed", [None, *range(10)])
def test_no_addition_is_lost(seed):
    def main():
        n, wg = atomic.Int(), sync.WaitGroup()
        for _ in range(5):
            wg.go(lambda: [n.add(1) for _ in range(20)])
        wg.wait()
        return n.load()

    assert run(main, seed=seed).value == 100


def test_a_bool():
    ready = atomic.Bool()
    log = [ready.load(), ready.swap(True), ready.compare_and_swap(False, False)]
    log += [ready.compare_and_swap(True, False), ready.load()]
    ready.store(True)
    assert [*log, ready.load()] == [False, False, False, True, False, True]


def test_a_pointer_compares_by_identity():
    one, twin = [1], [1]
    p = atomic.Pointer[list]()
    log = [p.load(), p.compare_and_swap(None, one), p.compare_and_swap(twin, twin)]
    log += [p.compare_and_swap(one, twin), p.swap(None) is twin, p.load()]
    p.store(one)
    assert [*log, p.load() is one] == [None, True, False, True, True, None, True]


def test_a_value_keeps_the_type_of_the_first():
    v = atomic.Value()
    log = [v.load(), v.compare_and_swap("x", "a"), v.swap("a"), v.load(), v.swap("b")]
    log += [v.compare_and_swap("a", "c"), v.compare_and_swap("b", "c"), v.load()]
    log += [atomic.Value("start").load(), v.compare_and_swap(None, "d")]
    log += [atomic.Value().compare_and_swap(None, "a")]
    assert log == [None, False, None, "a", "a", False, True, "c", "start", False, True]


@pytest.mark.parametrize(
    ("use", "text"),
    [
        (lambda v: v.store(None), "sync/atomic: store of nil value into Value"),
        (lambda v: v.store(1), "sync/atomic: store of inconsistently typed value into Value"),
        (lambda v: v.swap(None), "sync/atomic: swap of nil value into Value"),
        (lambda v: v.swap(1), "sync/atomic: swap of inconsistently typed value into Value"),
        (
            lambda v: v.compare_and_swap("a", None),
            "sync/atomic: compare and swap of nil value into Value",
        ),
        (
            lambda v: v.compare_and_swap("a", 1),
            "sync/atomic: compare and swap of inconsistently typed values",
        ),
        (
            lambda v: v.compare_and_swap(1, 2),
            "sync/atomic: compare and swap of inconsistently typed value into Value",
        ),
        (
            lambda v: atomic.Value([1]).compare_and_swap([1], [2]),
            "runtime error: comparing uncomparable type list",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_panics(use, text):
    v = atomic.Value("a")
    with pytest.raises(Panic) as error:
        use(v)
    assert (str(error.value), v.load()) == (text, "a")


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: atomic.Int(1.5), "Int takes a whole number, not 1.5"),
        (lambda: atomic.Int("1"), "Int takes a whole number, not '1'"),
        (lambda: atomic.Int(None), "Int takes a whole number, not None"),
        (lambda: atomic.Int().store(True), "Int.store takes a whole number, not True"),
        (lambda: atomic.Int32().add(0.5), "Int32.add takes a whole number, not 0.5"),
        (lambda: atomic.Uint64().swap("x"), "Uint64.swap takes a whole number, not 'x'"),
        (lambda: atomic.Int().and_(None), "Int.and_ takes a whole number, not None"),
        (lambda: atomic.Int().or_(1.0), "Int.or_ takes a whole number, not 1.0"),
        (
            lambda: atomic.Int().compare_and_swap(0.0, 1),
            "Int.compare_and_swap takes a whole number, not 0.0",
        ),
        (
            lambda: atomic.Int().compare_and_swap(0, 1.0),
            "Int.compare_and_swap takes a whole number, not 1.0",
        ),
        (lambda: atomic.Bool(1), "Bool takes True or False, not 1"),
        (lambda: atomic.Bool().store(None), "Bool.store takes True or False, not None"),
        (lambda: atomic.Int(name=3), "a name is a str, not 3"),
    ],
)
def test_wrong_arguments_are_refused(use, sentence):
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == sentence


def test_an_atomic_prints_its_class_name_and_value():
    hits = atomic.Int(3)
    ready = atomic.Bool(name="flag")
    assert (repr(hits), repr(ready)) == ("<Int hits 3>", "<Bool flag False>")


@pytest.mark.parametrize(
    "spin",
    [
        lambda n: n.load() == 0,
        lambda n: not n.compare_and_swap(1, 2),
    ],
)
def test_a_goroutine_that_spins_on_an_atomic_lets_the_clock_move(spin):
    def main():
        n = atomic.Int()

        def later():
            time.sleep(1)
            n.store(1)

        go(later)
        while spin(n):
            pass
        return time.now()

    result = run(main)
    assert (result.value, result.polled) == (1.0, 1)


@pytest.mark.parametrize("effect", [lambda n: n.add(1), lambda n: n.store(1), lambda n: n.swap(1)])
def test_a_goroutine_that_stores_for_ever_lets_the_others_run(effect):
    def main():
        n, stop = atomic.Int(), []
        go(stop.append, True)
        while not stop:
            effect(n)

    assert run(main, max_steps=10_000).outcome == "ok"


def test_each_access_is_told_in_words():
    def main():
        n = atomic.Int()
        n.store(1)
        n.add(2)
        n.load()
        n.swap(4)
        n.compare_and_swap(5, 6)
        n.compare_and_swap(4, 5)
        n.or_(8)
        runtime.gosched()

    assert [text for text in sentences(record(main).trace) if " n" in text][:7] == [
        "main stores 1 in n.",
        "main adds 2 to n.",
        "main loads 3 from n.",
        "main swaps 4 into n.",
        "main changes nothing: n holds 4.",
        "main swaps 5 into n.",
        "main swaps 13 into n.",
    ]


def test_a_preempted_reader_may_see_an_old_value():
    def main():
        n = atomic.Int()
        go(n.store, 1)
        return n.load()

    assert {run(main, seed=seed).value for seed in range(200)} == {0, 1}

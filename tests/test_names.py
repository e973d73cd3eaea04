"""What channels and locks are called that were given no name."""

from __future__ import annotations

import linecache

import pytest

from gochan import Chan, Var, charts, go, record, sync, time
from gochan.context import background, with_cancel


def names_of(main):
    """What a run's trace calls the things that it used."""
    return [thing.name for thing in record(main).trace.things]


def test_locks_that_a_list_is_made_of_are_called_by_their_index():
    def main():
        forks = [sync.Mutex() for _ in range(3)]
        for fork in forks:
            fork.lock()

    assert names_of(main) == ["forks[0]", "forks[1]", "forks[2]"]


def test_channels_that_a_dict_is_made_of_are_called_by_their_key():
    def main():
        boxes: dict[str, Chan[int]] = {name: Chan[int](1) for name in ("ann", "bob")}
        for box in boxes.values():
            box.send(1)

    assert names_of(main) == ["boxes['ann']", "boxes['bob']"]


def test_two_things_that_are_made_in_one_line_are_called_by_their_own_variables():
    def main():
        rent, food = sync.Mutex(), sync.Mutex()
        orders, staff = Chan[str](2), sync.WaitGroup()
        food.lock()
        orders.send("tea")
        staff.wait()
        rent.lock()

    assert names_of(main) == ["food", "orders", "staff", "rent"]


def test_a_thing_that_an_object_keeps_is_called_by_its_attribute():
    class Cache:
        def __init__(self):
            self.lock = sync.Mutex()
            self.shards = [sync.RWMutex() for _ in range(2)]
            self.jobs, self.staff = Chan[int](1), sync.WaitGroup()

    def main():
        cache = Cache()
        cache.lock.lock()
        cache.shards[1].lock()
        cache.jobs.send(1)
        cache.staff.wait()

    assert names_of(main) == ["lock", "shards[1]", "jobs", "staff"]


def test_a_name_that_was_given_comes_first():
    def main():
        forks = [sync.Mutex(f"fork {number}") for number in range(2)]
        one, other = Chan(1, name="left"), Chan(1)
        for fork in forks:
            fork.lock()
        one.send(1)
        other.send(1)

    assert names_of(main) == ["fork 0", "fork 1", "left", "other"]


def test_lines_that_tell_no_name_give_none_and_no_error():
    made = [
        [sync.Mutex() for _ in (7, 8)][1],
        [sync.Mutex() for n in range(4) if n != 1][1],
        [sync.Mutex() for n in range(5, 7)][1],
    ]
    places = [None]
    places[0] = sync.Mutex()
    one, *others = sync.Mutex(), sync.Mutex()
    grid = [[sync.Mutex() for _ in range(2)] for _ in range(2)]
    several = (
        sync.Mutex(),
        sync.Mutex(),
    )
    found = [*made, *places, *others, *several, *grid[0]]
    assert [thing.name for thing in found] == [None] * len(found)
    assert one.name == "one"


def test_a_key_that_is_long_or_no_text_gives_no_name():
    by_key = {key: sync.Mutex() for key in ("x" * 21, 1.5, (1, 2))}
    assert [lock.name for lock in by_key.values()] == [None, None, None]


@pytest.mark.parametrize("letter", ["é", "界"])
def test_letters_of_several_bytes_before_a_call_do_not_matter(letter):
    namespace = {"sync": sync}
    text = f'x, second = {{"{letter}": 1}}, sync.Mutex()\n'
    linecache.cache["several_bytes.py"] = (len(text), None, [text], "several_bytes.py")
    exec(compile(text, "several_bytes.py", "exec"), namespace)
    assert namespace["second"].name == "second"


def test_the_other_kinds_are_called_so_too():
    counts = [Var(0) for _ in range(2)]
    ready, gate = sync.Once(), sync.RWMutex()
    ctx, cancel = with_cancel(background())
    cancel()
    assert [one.name for one in (*counts, ready, gate)] == [
        "counts[0]",
        "counts[1]",
        "ready",
        "gate",
    ]
    assert ctx.name == "ctx"


def test_the_words_and_the_picture_of_a_deadlock_name_the_forks():
    def main():
        forks = [sync.Mutex() for _ in range(3)]

        def dine(seat):
            with forks[seat]:
                time.sleep(1.0)
                forks[(seat + 1) % 3].lock()

        for seat in range(3):
            go(dine, seat, name=f"p{seat}")
        dine_for_ever = Chan[int]()
        dine_for_ever.recv()

    words = charts.wait_for(record(main).trace).figure.get_label()
    assert (
        "Deadlock: p0 waits for forks[1], held by p1, who waits for forks[2], held by p2, "
        "who waits for forks[0], held by p0" in words
    )

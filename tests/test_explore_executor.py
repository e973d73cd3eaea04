"""One search shared by several workers comes to what one alone comes to."""

import math
import os
import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import explored
import pytest

from gochan import Chan, atomic, explore, go
from gochan.analysis.explore.split import PARTS
from gochan.runtime.schedule import ScheduleError

pytestmark = pytest.mark.long

PROGRAMS = [
    (explored.incrementers, 3),
    (explored.philosophers, 4),
    (explored.first_answer,),
    (explored.reused_group,),
]


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def cluster():
    ipyparallel = pytest.importorskip("ipyparallel")
    with ipyparallel.Cluster(n=2, log_level=40) as client:
        folder = os.path.dirname(explored.__file__)
        client[:].execute(f"import sys; sys.path.insert(0, {folder!r})", block=True)
        yield client.executor()


def check(executor, program):
    alone, shared = explore(*program), explore(*program, executor=executor)
    assert shared.outcomes == alone.outcomes
    assert shared.complete
    assert [one.kind for one in shared.failures] == [one.kind for one in alone.failures]
    for failure in shared.failures:
        failure.replay()


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program[0].__name__)
def test_processes_find_what_one_finds(processes, program):
    check(processes, program)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program[0].__name__)
def test_the_engines_of_a_cluster_find_what_one_finds(cluster, program):
    check(cluster, program)


@pytest.fixture
def thread():
    with ThreadPoolExecutor(1) as pool:
        yield pool


def test_a_thread_finds_what_one_finds(thread):
    check(thread, PROGRAMS[0])


@pytest.mark.parametrize(
    "options",
    [
        {"search": "dpor"},
        {"search": "plain"},
        {"search": "naive"},
        {"clock": "any"},
        {"preemptions": 1},
        {"preemptions": 0, "races": False},
    ],
    ids=str,
)
def test_every_kind_of_search_can_be_shared(thread, options):
    for program in (explored.incrementers, 2), (explored.first_answer,):
        alone, shared = explore(*program, **options), explore(*program, executor=thread, **options)
        assert shared.outcomes == alone.outcomes
        assert shared.complete == alone.complete
        assert shared.notes == alone.notes


def test_wrong_results_are_found_by_processes(processes):
    found = explore(explored.incrementers, 2, expect=2, executor=processes)
    assert {kind for kind, _ in found.outcomes} == {"ok", "wrong", "race"}


@pytest.mark.parametrize("most", [7, 50, 500])
def test_the_budget_of_a_shared_search_is_that_of_all(processes, most):
    found = explore(explored.incrementers, 4, max_runs=most, executor=processes)
    assert not found.complete
    assert found.runs == most


def test_a_budget_that_just_suffices_suffices_for_all(thread):
    runs = explore(explored.incrementers, 3, executor=thread).runs
    assert runs > PARTS
    found = explore(explored.incrementers, 3, max_runs=math.ceil(runs / 0.8), executor=thread)
    assert found.complete
    assert found.runs == runs


def test_a_shared_search_without_time_is_not_exhaustive(thread):
    found = explore(explored.incrementers, 3, seconds=0, executor=thread)
    assert not found.complete
    assert "not exhaustive" in found.text()


def two_runs():
    number = atomic.Int()
    go(number.add, 1)
    number.add(1)


def differs_by_random():
    two_runs()
    return random.random()


def differs_from_its_only_run(state=[]):  # noqa: B006 - that is the mistake
    state.append(1)
    return len(state)


@pytest.mark.parametrize("program", [differs_by_random, differs_from_its_only_run])
def test_a_program_that_differs_from_run_to_run_is_refused(thread, program):
    with pytest.raises(ScheduleError, match="the same program"):
        explore(program, executor=thread)


def test_a_plain_variable_that_goroutines_share_is_noticed(thread):
    def main():
        count, moved = 0, atomic.Int()
        ready = Chan()

        def increment():
            nonlocal count
            before = count
            moved.load()
            count = before + 1
            ready.send(1)

        go(increment)
        go(increment)
        ready.recv()
        ready.recv()
        return count

    alone, shared = explore(main), explore(main, executor=thread)
    assert alone.notes == shared.notes != []
    assert alone.complete is shared.complete is False


def test_progress_is_told_of_the_parts(processes):
    told = []
    explore(explored.incrementers, 3, executor=processes, progress=lambda *what: told.append(what))
    assert told
    assert all(most == 20_000 for _, most, _ in told)


def test_a_program_that_cannot_be_sent_is_refused_in_a_sentence(processes):
    with pytest.raises(TypeError, match="executor"):
        explore(lambda: None, executor=processes)

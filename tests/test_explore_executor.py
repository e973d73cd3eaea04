"""One search shared by several workers comes to what one alone comes to."""

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import explored
import pytest

from gochan import explore
from gochan.analysis.explore.split import PARTS

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


def test_a_thread_finds_what_one_finds():
    with ThreadPoolExecutor(1) as executor:
        check(executor, PROGRAMS[0])


def test_wrong_results_are_found_by_processes(processes):
    found = explore(explored.incrementers, 2, expect=2, executor=processes)
    assert {kind for kind, _ in found.outcomes} == {"ok", "wrong", "race"}


def test_the_budget_of_a_shared_search_is_that_of_all(processes):
    found = explore(explored.incrementers, 4, max_runs=50, executor=processes)
    assert not found.complete
    assert found.runs < 50 + 50 * PARTS


def test_progress_is_told_of_the_parts(processes):
    told = []
    explore(explored.incrementers, 3, executor=processes, progress=lambda *what: told.append(what))
    assert told
    assert all(most == 20_000 for _, most, _ in told)


def test_a_program_that_cannot_be_sent_is_refused_in_a_sentence(processes):
    with pytest.raises(TypeError, match="executor"):
        explore(lambda: None, executor=processes)

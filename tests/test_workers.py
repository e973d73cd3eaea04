"""How the tests are shared among processes: what stays together, who goes first, who is alone."""

from __future__ import annotations

import threading

import pytest
from workers import Turns, number_of_workers, unit

fcntl = pytest.importorskip("fcntl", reason="no locks of this kind: nothing is shared")


def test_a_file_is_run_by_one_worker():
    assert unit("tests/test_once.py::test_a[x-y]") == unit("tests/test_once.py::test_b")


def test_what_is_about_one_notebook_is_run_by_one_worker():
    path = "tests/test_lessons_browser.py"
    one = {unit(f"{path}::test_{name}") for name in ("a[03_select]", "b[03_select-laptop]")}
    assert one == {f"{path}[03_select]"}
    assert unit(f"{path}::test_a[04_nil_channels]") not in one


@pytest.mark.parametrize(
    ("cores", "memory", "workers"), [(1, 64, 0), (2, 64, 2), (4, 5, 2), (16, 3, 0), (16, 64, 8)]
)
def test_there_is_a_worker_for_each_processor_that_there_is_memory_for(
    monkeypatch, cores, memory, workers
):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(cores), raising=False)
    monkeypatch.setattr("psutil.virtual_memory", lambda: Memory(memory << 30))
    assert number_of_workers() == workers


class Memory:
    def __init__(self, total):
        self.total = total


def is_taken(file, how):
    """Whether somebody else's lock keeps this file from being locked so."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False


def test_tests_run_side_by_side_and_keep_out_who_wants_to_be_alone(tmp_path):
    one, other, third = (Turns(tmp_path) for _ in range(3))
    with one.turn(alone=False), other.turn(alone=False):
        assert is_taken(third._room, fcntl.LOCK_EX)
    assert not is_taken(third._room, fcntl.LOCK_EX)


def test_who_is_alone_keeps_all_others_out(tmp_path):
    one, other = Turns(tmp_path), Turns(tmp_path)
    with one.turn(alone=True):
        assert is_taken(other._room, fcntl.LOCK_SH)
    with pytest.raises(ZeroDivisionError), one.turn(alone=True):
        raise ZeroDivisionError
    assert not is_taken(other._room, fcntl.LOCK_SH)


def test_nobody_overtakes_who_waits_to_be_alone(tmp_path):
    one, other, third = (Turns(tmp_path) for _ in range(3))
    log = []

    def wait():
        with other.turn(alone=True):
            log.append("alone")

    waiting = threading.Thread(target=wait)
    with one.turn(alone=False):
        waiting.start()
        while not is_taken(third._door, fcntl.LOCK_EX):
            pass
        assert log == []
    waiting.join()
    assert log == ["alone"]

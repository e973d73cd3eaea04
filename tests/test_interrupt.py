"""Ctrl-C: a real SIGINT ends a run at once, whatever its goroutines do, and the next one is clean.

Each program runs in a process of its own, which interrupts itself from a thread and prints how
many seconds later the run had ended.
"""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="os.kill sends signals on POSIX only")

HARNESS = """
import gc, json, os, signal, sys, threading
import time as wall
from gochan import *
from gochan import time, sync, runtime
from gochan.runtime.event import watching
from gochan.runtime.ending import unburied

log = []
started = threading.Event()

def interrupt():
    started.wait(20)
    wall.sleep(0.05)  # so that the program is deep in what it does
    sent.append(wall.monotonic())
    os.kill(os.getpid(), signal.SIGINT)

def ping(a, b):
    for value in a:
        b.send(value)

PROGRAM

sent = []
before = signal.getsignal(signal.SIGINT)
thread = threading.Thread(target=interrupt, daemon=True)
thread.start()
ended = "returned"
try:
    RUN
except KeyboardInterrupt:
    ended = "interrupted"
seconds = wall.monotonic() - sent[0]
thread.join()

def clean():
    ch = Chan(1)
    go(ch.send, 42)
    time.sleep(1)
    return ch.recv()

print(json.dumps({
    "ended": ended,
    "seconds": seconds,
    "log": log,
    "handler restored": signal.getsignal(signal.SIGINT) is before,
    "watching": watching.on,
    "stdout restored": sys.stdout is sys.__stdout__,
    "left lying": len(unburied),
    "next run": [run(clean).value, record(clean).value, run(clean, seed=1).value],
}))
"""

PURE_SPIN = """
def spin():
    started.set()
    while True:
        pass

def main():
    go(spin)
    Chan().recv()
"""

SPIN_IN_MAIN = """
def main():
    try:
        started.set()
        while True:
            pass
    except BaseException as error:
        log.append(type(error).__name__)
        raise
"""

WALL_SLEEP = """
def main():
    go(time.sleep, 30)
    started.set()
    time.sleep(60)
"""

BLOCKING_CALL = """
def sleeper():
    started.set()
    wall.sleep(60)

def main():
    go(sleeper)
    Chan().recv()
"""

POLLING = """
def main():
    ch = Chan()
    started.set()
    while True:
        match select(recv(ch), default):
            case 0, *_:
                return
"""

PING_PONG = """
def main():
    a, b = Chan(), Chan()
    go(ping, a, b)
    started.set()
    while True:
        a.send(1)
        b.recv()
"""

TICKER = """
def main():
    started.set()
    for _ in time.tick(1):
        pass
"""

CATCHES_EVERYTHING = """
def stubborn(a, b):
    while True:
        try:
            a.send(1)
            b.recv()
        except:
            log.append("caught")

def main():
    a, b = Chan(), Chan()
    go(stubborn, a, b)
    started.set()
    while True:
        try:
            b.send(a.recv())
        except:
            log.append("caught")
"""

SPINS_AND_CATCHES_EVERYTHING = """
def spin():
    started.set()
    while True:
        try:
            while True:
                pass
        except:
            pass

def main():
    go(spin)
    try:
        runtime.gosched()
    except:
        spin()
"""

SPINS_WHILE_IT_IS_ENDED = """
def worker():
    try:
        Chan().recv()
    finally:
        started.set()
        while True:
            pass

def main():
    go(worker)
    runtime.gosched()
"""

LINGERING = """
def main():
    go(ping, time.tick(1), Chan(10**9))
    started.set()
    return "main has returned"
"""


def interrupted(program, call="run(main)"):
    """What the process that ran and interrupted the program has to say."""
    text = HARNESS.replace("PROGRAM", program).replace("RUN", call)
    done = subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
        start_new_session=True,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    print(f"{report['seconds'] * 1e3:.1f} ms after the signal the run had ended")
    assert report.pop("seconds") < 2
    assert done.stderr == ""
    return report


def clean(left_lying=0, log=()):
    return {
        "ended": "interrupted",
        "log": list(log),
        "handler restored": True,
        "watching": 0,
        "stdout restored": True,
        "left lying": left_lying,
        "next run": [42, 42, 42],
    }


@pytest.mark.parametrize("call", ["run(main)", "record(main)", "run(main, seed=1)"])
def test_a_spin_in_pure_python(call):
    assert interrupted(PURE_SPIN, call) == clean()


def test_a_spin_in_main_is_ended_where_it_is_and_sees_no_exception_but_its_end():
    assert interrupted(SPIN_IN_MAIN) == clean(log=["Killed"])


def test_a_sleep_under_the_wall_clock():
    assert interrupted(WALL_SLEEP, "run(main, clock='wall')") == clean()


def test_a_blocking_call_of_python():
    assert interrupted(BLOCKING_CALL) == clean()


@pytest.mark.parametrize("call", ["run(main)", "record(main, trace=False)"])
def test_a_spin_on_select_with_default(call):
    assert interrupted(POLLING, call) == clean()


def test_two_goroutines_that_play_ping_pong():
    assert interrupted(PING_PONG) == clean()


def test_an_endless_ticker_under_the_virtual_clock():
    assert interrupted(TICKER) == clean()


def test_a_program_with_a_bare_except_round_everything():
    report = interrupted(CATCHES_EVERYTHING)
    assert set(report["log"]) == {"caught"}
    assert report["left lying"] in (1, 2)  # who is hit between two rounds does end
    assert {**report, "log": [], "left lying": 0} == clean()


def test_spins_that_catch_everything():
    assert interrupted(SPINS_AND_CATCHES_EVERYTHING) == clean(left_lying=2)


def test_a_spin_in_a_finally_while_the_goroutine_is_ended():
    assert interrupted(SPINS_WHILE_IT_IS_ENDED) == clean(left_lying=1)


def test_an_interrupt_after_main_has_returned():
    assert interrupted(LINGERING, "run(main, linger=float('inf'))") == clean()


def test_an_interrupt_outside_a_run_is_pythons_own():
    assert interrupted("", "(started.set(), wall.sleep(60))") == clean()


def test_a_run_in_a_thread_leaves_the_signal_alone():
    call = "t = threading.Thread(target=run, args=(main,)); t.start(); t.join(20)"
    program = """
def main():
    started.set()
    thread.join()
"""
    assert interrupted(program, call) == clean()


def test_an_interrupt_that_python_is_told_to_ignore_stays_ignored():
    program = """
def main():
    started.set()
    thread.join()
    return "done"
"""
    call = "signal.signal(signal.SIGINT, signal.SIG_IGN); before = signal.SIG_IGN; run(main)"
    assert interrupted(program, call) == {**clean(), "ended": "returned"}

"""I86: Main can't recover the panic of another goroutine."""

from gochan import Panic, go, panic, time


def worker():
    panic("in the worker")


def main():
    try:
        go(worker)
        time.sleep(1)
    except Panic as p:
        print("recovered:", p)

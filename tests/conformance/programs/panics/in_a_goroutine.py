"""I85, I89: A panic in any goroutine ends the program; only its own deferred calls run."""

from gochan import go, panic, time


def worker():
    try:
        time.sleep(1)
        panic("boom")
    finally:
        print("the worker's deferred call")


def main():
    try:
        go(worker)
        time.sleep(2)
        print("never printed")
    finally:
        print("main's deferred call")

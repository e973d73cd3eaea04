"""I88: Deferred calls run from the last to the first."""

from gochan import Panic, panic


def step(n):
    try:
        if n == 3:
            panic("at the bottom")
        step(n + 1)
    finally:
        print("leaving", n)


def main():
    try:
        step(1)
    except Panic as p:
        print("recovered:", p)

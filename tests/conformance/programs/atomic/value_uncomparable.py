"""S215: A Value that holds a list can't compare it."""

from gochan import Panic, atomic


def main():
    config = atomic.Value()
    config.store([1])
    try:
        config.compare_and_swap([1], [2])
    except Panic as p:
        print(p)

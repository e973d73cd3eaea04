"""S214: A Value keeps to the type that it was given first."""

from gochan import Panic, atomic


def attempt(f, *args):
    try:
        f(*args)
    except Panic as p:
        print(p)


def main():
    config = atomic.Value()
    config.store("set")
    attempt(config.store, 1)
    attempt(config.swap, 1)
    attempt(config.compare_and_swap, 1, "new")
    attempt(config.compare_and_swap, "set", 1)
    print(config.load())

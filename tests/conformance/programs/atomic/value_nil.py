"""S214: A Value takes no nil."""

from gochan import Panic, atomic


def attempt(f, *args):
    try:
        f(*args)
    except Panic as p:
        print(p)


def main():
    config = atomic.Value()
    config.store("set")
    attempt(config.store, None)
    attempt(config.swap, None)
    attempt(config.compare_and_swap, "set", None)
    print(config.load())

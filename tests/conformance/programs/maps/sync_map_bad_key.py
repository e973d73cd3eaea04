"""T220: What can't be hashed is no key."""

from gochan import Panic, sync


def attempt(f, *args):
    try:
        f(*args)
    except Panic as p:
        print(p)


def main():
    m = sync.Map()
    attempt(m.store, [1], 1)
    attempt(m.load, [1])

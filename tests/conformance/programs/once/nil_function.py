"""Q200: To do the nil function panics, and counts as done."""

from gochan import Panic, sync


def attempt(once, f):
    try:
        once.do(f)
        print(None)
    except Panic as p:
        print(p)


def main():
    once = sync.Once()
    attempt(once, None)
    attempt(once, lambda: print("never printed"))

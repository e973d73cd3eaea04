"""Q197: A function that panics counts as done; only the first caller hears of it."""

from gochan import Panic, panic, sync


def attempt(once, n):
    try:
        once.do(lambda: panic("boom"))
        print(n, "returned")
        print(n, None)
    except Panic as p:
        print(n, p)


def main():
    once = sync.Once()
    attempt(once, 1)
    attempt(once, 2)

"""Q201: OnceFunc makes a function that runs once."""

from gochan import sync


def main():
    hello = sync.once_func(lambda: print("hello"))
    hello()
    hello()
    print("done")

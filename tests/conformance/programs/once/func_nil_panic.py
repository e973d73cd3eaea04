"""Q202: A panic with nil is kept with its words."""

from gochan import Panic, panic, sync


def attempt(f):
    try:
        f()
    except Panic as p:
        print("recovered:", p)


def main():
    f = sync.once_func(lambda: panic(None))
    attempt(f)
    attempt(f)

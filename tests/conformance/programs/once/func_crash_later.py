"""Q201, I94: The second call raises it again."""

from gochan import Panic, panic, sync


def prepare():
    panic("no config")


def attempt(f):
    try:
        f()
    except Panic as p:
        print("recovered:", p)


def main():
    f = sync.once_func(prepare)
    attempt(f)
    f()

"""I91, I94: An error that is recovered and raised again."""

from gochan import Panic, panic


def load():
    try:
        panic(OSError("disk full"))
    except Panic as p:
        panic(p.value)


def main():
    load()

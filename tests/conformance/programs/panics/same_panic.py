"""I94: A panic that is recovered and raised again."""

from gochan import Panic, panic


def load():
    try:
        panic("no such file")
    except Panic as p:
        print("cleaning up after", p)
        panic(p.value)


def main():
    load()

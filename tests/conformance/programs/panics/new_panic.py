"""I94: A recovered panic that is followed by another."""

from gochan import Panic, panic


def load():
    try:
        panic("no such file")
    except Panic as p:
        panic(f"load: {p}")


def main():
    load()

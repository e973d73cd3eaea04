"""I88, I94: A deferred call that only cleans up leaves the panic as it is."""

from gochan import Panic, panic


def load():
    try:
        panic("no such file")
    except Panic:
        print("cleaning up")
        raise


def main():
    load()

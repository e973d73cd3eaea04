"""I94, I96: Recovered, and another panic recovered between: the third stands alone."""

from gochan import Panic, panic


def load():
    try:
        try:
            panic("first")
        except Panic:
            panic("second")
    except Panic:
        pass


def main():
    load()
    panic("third")

"""I93: They are what is recovered, too."""

from gochan import Panic, panic


def main():
    try:
        panic(None)
    except Panic as p:
        print(p)

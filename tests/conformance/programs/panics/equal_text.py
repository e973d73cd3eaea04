"""I94: The same words again, put together anew, are another panic."""

from gochan import Panic, panic


def load(*words):
    try:
        panic(" ".join(words))
    except Panic:
        panic(" ".join(words))


def main():
    load("no", "such", "file")

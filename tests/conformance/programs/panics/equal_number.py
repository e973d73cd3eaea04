"""I94: The same number again, from elsewhere, is the same panic."""

from gochan import Panic, panic


def inner():
    panic(1000)


def outer():
    try:
        inner()
    except Panic:
        panic(1000)


def main():
    outer()

"""I88, I94: A caught panic that is let go on its way."""

from gochan import Panic, panic


def inner():
    panic("no such file")


def load():
    try:
        inner()
    except Panic as p:
        print("cleaning up")
        raise p  # noqa: TRY201 - this form is what it is about


def main():
    load()

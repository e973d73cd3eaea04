"""I94: A panic while another is handled, with a failed attempt between."""

from gochan import Panic, panic


def parse(text):
    if not text:
        raise ValueError("no text")


def load():
    try:
        panic("no such file")
    except Panic:
        try:
            parse("")
        except ValueError:
            panic("load failed")


def main():
    load()

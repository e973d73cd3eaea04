"""I95: A panic in a deferred call, while another is under way."""

from gochan import panic


def load():
    try:
        panic("first")
    finally:
        panic("second")


def main():
    load()

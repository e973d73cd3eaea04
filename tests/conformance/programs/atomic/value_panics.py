"""S214: Nobody recovers it."""

from gochan import atomic


def main():
    config = atomic.Value()
    config.store(None)

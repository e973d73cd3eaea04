"""S214: A Value holds nil at first, then what was stored."""

from gochan import atomic


def main():
    config = atomic.Value()
    print(config.load())
    config.store("first")
    print(config.load(), config.swap("second"), config.load())
    print(
        config.compare_and_swap("second", "third"),
        config.compare_and_swap("second", "x"),
        config.load(),
    )

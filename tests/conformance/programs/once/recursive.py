"""Q198, K129: A function that does its own Once again waits for ever."""

from gochan import sync

once = sync.Once()


def prepare():
    print("preparing")
    once.do(prepare)


def main():
    once.do(prepare)

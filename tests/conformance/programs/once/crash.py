"""Q197, I89: A panic in the function, that nobody recovers."""

from gochan import panic, sync


def prepare():
    panic("no config")


def main():
    once = sync.Once()
    once.do(prepare)

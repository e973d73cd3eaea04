"""Q201, I94: A panic in a OnceFunc, that nobody recovers."""

from gochan import panic, sync


def prepare():
    panic("no config")


def main():
    sync.once_func(prepare)()

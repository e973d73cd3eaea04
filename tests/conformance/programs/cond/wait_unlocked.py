"""R207: To wait without the lock is a fatal error."""

from gochan import sync


def main():
    cond = sync.Cond(sync.Mutex())
    cond.wait()

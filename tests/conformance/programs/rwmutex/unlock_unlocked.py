"""O180: To unlock what isn't locked is a fatal error."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.unlock()

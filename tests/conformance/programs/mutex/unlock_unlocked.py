"""N168: To unlock what isn't locked is a fatal error."""

from gochan import sync


def main():
    mu = sync.Mutex()
    mu.lock()
    mu.unlock()
    print("unlocked")
    mu.unlock()

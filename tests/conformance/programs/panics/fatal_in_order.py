"""I99: A fatal error runs no deferred calls and can't be recovered."""

from gochan import Panic, sync


def use(mu):
    try:
        mu.unlock()
    except Panic as p:
        print("recovered:", p)
    finally:
        print("never printed")


def main():
    mu = sync.Mutex()
    use(mu)

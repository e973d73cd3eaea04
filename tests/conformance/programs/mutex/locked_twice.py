"""N166, K123: A mutex is not re-entrant."""

from gochan import sync


def main():
    mu = sync.Mutex()
    mu.lock()
    print("locked")
    mu.lock()

"""N172: One that holds the lock nearly always does not starve the other."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()

    def hog():
        while True:
            with mu:
                time.sleep(10 * time.MILLISECOND)

    go(hog)
    time.sleep(time.MILLISECOND)
    for i in range(5):
        with mu:
            print("got it", i)
        time.sleep(100 * time.MICROSECOND)

"""P193, I94: A panic in what Go started ends the program before Wait returns."""

from gochan import panic, sync, time


def worker():
    time.sleep(1)
    panic("boom")


def main():
    wg = sync.WaitGroup()
    wg.go(worker)
    wg.wait()
    print("never printed")

"""M156: What runs side by side takes as long as the longest."""

from gochan import sync, time


def main():
    wg = sync.WaitGroup()
    for seconds in (3, 1, 2):
        wg.go(time.sleep, seconds)
    wg.wait()
    print("done")

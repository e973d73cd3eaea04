"""H78, H76: Two that both stand back take turns."""

from gochan import runtime, sync, time


def main():
    wg = sync.WaitGroup()
    turns = []

    def worker(i):
        time.sleep((1 + i) * time.MILLISECOND)
        for _ in range(3):
            turns.append(i)
            runtime.gosched()

    for i in range(2):
        wg.go(worker, i)
    wg.wait()
    print(len(turns))

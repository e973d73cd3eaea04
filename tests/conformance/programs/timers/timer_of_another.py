"""L134, L152: A timer may be read by another goroutine, long after it fired."""

from gochan import Chan, go, time


def main():
    timers = Chan(3)
    for n in range(3):
        timers.send(time.Timer(3 - n))
    time.sleep(time.MINUTE)
    done = Chan[bool]()

    def reader():
        for _ in range(3):
            print(round(timers.recv().c.recv() / time.MILLISECOND))
        done.send(True)

    go(reader)
    done.recv()

"""L145, L136: A worker whose heartbeat fails is noticed."""

from gochan import Chan, go, recv, select, time


def worker(beat):
    for n in range(3):
        time.sleep(0.2)
        beat.send(n)
    time.sleep(time.HOUR)


def main():
    beat = Chan[int]()
    go(worker, beat)
    timer = time.Timer(0.5)
    while True:
        match select(recv(beat), recv(timer.c)):
            case 0, n, _:
                print("beat", n, timer.reset(0.5))
            case 1, *_:
                print("no beat for half a second")
                return

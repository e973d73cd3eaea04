"""L137, L138: Who waits for a timer wakes at its new time."""

from gochan import Chan, go, time


def waiter(timer, done):
    timer.c.recv()
    print("it fired")
    done.send(True)


def main():
    done = Chan[bool]()
    later = time.Timer(2)
    go(waiter, later, done)
    time.sleep(1)
    print(later.reset(3))
    done.recv()
    sooner = time.Timer(time.HOUR)
    go(waiter, sooner, done)
    time.sleep(1)
    print(sooner.reset(1))
    done.recv()

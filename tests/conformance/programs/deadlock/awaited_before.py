"""J108, J111: A timer that was waited for once, and set anew."""

from gochan import Chan, go, recv, select, time


def main():
    c = Chan[int](1)
    timer = time.Timer(2)

    def sender():
        time.sleep(1)
        c.send(1)

    go(sender)
    match select(recv(c), recv(timer.c)):
        case 0, *_:
            print("the value came first")
    print(timer.reset(time.HOUR))
    c.recv()

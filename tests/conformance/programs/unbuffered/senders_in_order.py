"""B14: Blocked senders are served first come, first served."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()

    def sender(i):
        time.sleep(i * time.MILLISECOND)
        c.send(i)

    for i in range(5):
        go(sender, i)
    time.sleep(1)
    for _ in range(5):
        print(c.recv())

"""C22: A blocked sender's value goes to the tail as soon as the head is taken."""

from gochan import Chan, go, time


def main():
    c = Chan[int](2)

    def sender(n):
        time.sleep(n * time.MILLISECOND)
        c.send(n)

    for n in range(5):
        go(sender, n)
    time.sleep(1)
    for _ in range(5):
        print(c.recv(), len(c))

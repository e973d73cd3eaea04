"""C21: A producer runs ahead as far as the buffer reaches."""

from gochan import Chan, go, time


def produce(c):
    for n in range(5):
        c.send(n)
        print("made", n)
        time.sleep(0.01)
    c.close()


def main():
    c = Chan[int](2)
    go(produce, c)
    time.sleep(1.001)
    for n in c:
        time.sleep(0.001)
        print("took", n)
        time.sleep(0.999)

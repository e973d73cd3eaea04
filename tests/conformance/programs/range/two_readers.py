"""F45, B16: Two that range over one channel share its values."""

from gochan import Chan, go, time


def read(c, counts):
    count = 0
    for _ in c:
        count += 1
        time.sleep(1)
    counts.send(count)


def main():
    c, counts = Chan[int](), Chan[int]()
    go(read, c, counts)
    go(read, c, counts)
    for n in range(10):
        c.send(n)
    c.close()
    print(counts.recv() + counts.recv())

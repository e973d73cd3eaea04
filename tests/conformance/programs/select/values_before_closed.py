"""G69: A select reads what is left before it sees the close."""

from gochan import Chan, recv, select


def main():
    c, other = Chan[int](2), Chan[int]()
    c.send(1)
    c.send(2)
    c.close()
    for _ in range(3):
        _, n, ok = select(recv(c), recv(other))
        print(n, ok)

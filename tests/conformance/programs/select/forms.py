"""G67: Values may be used or thrown away."""

from gochan import Chan, recv, select, send


def main():
    c = Chan[int](4)
    for i in range(3):
        c.send(i)
    select(recv(c))
    print("one thrown away")
    _, n, _ = select(recv(c))
    print(n)
    _, n, ok = select(recv(c))
    print(n, ok)
    select(send(c, 10))
    print(len(c))

"""G62, G68: The same when the select has to wait."""

from gochan import Chan, go, select, send


def bits(c):
    while True:
        select(send(c, 0), send(c, 1))


def main():
    c = Chan[int]()
    go(bits, c)
    ones = 0
    for _ in range(400):
        ones += c.recv()
    print(ones > 0, ones < 400)

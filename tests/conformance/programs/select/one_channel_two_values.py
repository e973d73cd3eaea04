"""G54, G62: Of two values for one channel either may be sent."""

from gochan import Chan, select, send


def main():
    c = Chan[int](1)
    ones = 0
    for _ in range(400):
        select(send(c, 0), send(c, 1))
        ones += c.recv()
    print(ones > 100, ones < 300)

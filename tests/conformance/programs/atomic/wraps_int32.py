"""S211: So does a smaller one, earlier."""

from gochan import atomic


def main():
    n = atomic.Int32(2**31 - 1)
    print(n.add(1))
    u = atomic.Uint32(0)
    print(u.add(2**32 - 1), u.add(1))

"""S211: A counter wraps around."""

from gochan import atomic


def main():
    n = atomic.Int(2**63 - 1)
    print(n.add(1))

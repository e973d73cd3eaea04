"""S213: The zero values are 0 and false."""

from gochan import atomic


def main():
    n, b = atomic.Int(), atomic.Bool()
    print(n.load(), b.load(), b.swap(True), b.load(), b.compare_and_swap(True, False), b.load())

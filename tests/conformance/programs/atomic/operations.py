"""S212: What the operations give back: add the new value, swap the old one."""

from gochan import atomic


def main():
    n = atomic.Int(0)
    n.store(5)
    print(n.load(), n.add(2), n.swap(10), n.load())
    print(n.compare_and_swap(10, 11), n.compare_and_swap(10, 12), n.load())

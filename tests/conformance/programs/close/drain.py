"""E32: After close the values that are left come first, then zero values for ever."""

from gochan import Chan


def main():
    c = Chan[int](2)
    c.send(7)
    c.send(8)
    c.close()
    for _ in range(4):
        n, ok = c.recv_ok()
        print(n, ok)

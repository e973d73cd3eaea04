"""V246: Without an error there is none."""

from gochan import errgroup, time


def main():
    g = errgroup.Group()
    total = 0

    def add(n):
        nonlocal total
        time.sleep(n)
        total += n

    for n in range(5):
        g.go(add, n)
    print(g.wait())
    print(total)

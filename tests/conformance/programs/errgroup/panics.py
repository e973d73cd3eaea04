"""V251: A panic in a group's function ends the program."""

from gochan import errgroup, panic, time


def worker():
    time.sleep(1)
    panic("boom")


def main():
    g = errgroup.Group()
    g.go(worker)
    print(g.wait())

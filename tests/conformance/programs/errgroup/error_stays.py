"""V253: A group that has had an error keeps it."""

from gochan import errgroup


def fail(text):
    raise OSError(text)


def wait(g):
    try:
        g.wait()
    except OSError as err:
        print(err)


def main():
    g = errgroup.Group()
    g.go(fail, "one")
    wait(g)
    g.go(fail, "two")
    wait(g)

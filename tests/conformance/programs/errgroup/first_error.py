"""V246: Wait waits for all and gives the first error, also the second time."""

from gochan import errgroup, time


def fail(delay, text):
    time.sleep(delay)
    raise OSError(text)


def wait(g):
    try:
        g.wait()
        print(None)
    except OSError as err:
        print(err)


def main():
    g = errgroup.Group()
    g.go(fail, 2, "the second")
    g.go(fail, 1, "the first")
    g.go(time.sleep, 3)
    wait(g)
    wait(g)

"""V248: TryGo starts only below the limit."""

from gochan import errgroup, time


def sleep():
    time.sleep(1)


def main():
    g = errgroup.Group()
    g.set_limit(2)
    print(g.try_go(sleep), g.try_go(sleep), g.try_go(sleep))
    g.wait()
    print(g.try_go(sleep))
    g.wait()
    g.set_limit(0)
    print(g.try_go(sleep))
    g.set_limit(-1)
    print(g.try_go(sleep), g.try_go(sleep), g.try_go(sleep))

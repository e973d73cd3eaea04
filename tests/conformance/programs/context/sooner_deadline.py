"""U230: The sooner deadline counts, be it the parent's."""

from gochan import context, time


def main():
    parent, _ = context.with_timeout(context.background(), 1)
    child, _ = context.with_timeout(parent, time.MINUTE)
    sooner, _ = context.with_timeout(parent, time.MILLISECOND)
    of_parent, _ = parent.deadline()
    of_child, ok = child.deadline()
    print(of_child == of_parent, ok)
    sooner.done().recv()
    print(parent.err(), sooner.err())
    child.done().recv()
    print(child.err())

"""U229: What derives from a cancelled context is cancelled."""

from gochan import context, time


def main():
    parent, cancel = context.with_cancel(context.background())
    cancel()
    child, _ = context.with_timeout(parent, time.HOUR)
    print(child.err())
    child.done().recv()
    print("done")

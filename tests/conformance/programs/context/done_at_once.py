"""U226: When cancel returns all below are done."""

from gochan import context, default, recv, select


def main():
    ctx, cancel = context.with_cancel(context.background())
    below = ctx
    for _ in range(10):
        below, _ = context.with_cancel(below)
    cancel()
    match select(recv(below.done()), default):
        case 0, *_:
            print("done")
        case 1, *_:
            print("not yet")

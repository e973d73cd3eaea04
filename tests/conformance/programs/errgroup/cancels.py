"""V247: The first error cancels the group's context, with it as the cause."""

from gochan import context, errgroup, recv, select, time


def work_on(ctx, delay):
    match select(recv(ctx.done()), recv(time.after(delay))):
        case 0, *_:
            raise ctx.err()
        case 1, *_:
            raise OSError("disk full")


def main():
    g, ctx = errgroup.with_context(context.background())
    for n in range(3):
        g.go(work_on, ctx, n + 1)
    try:
        g.wait()
    except OSError as err:
        print(err)
    print(ctx.err())
    print(context.cause(ctx))

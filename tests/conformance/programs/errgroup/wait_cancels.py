"""V247: Wait cancels the context also when there was no error."""

from gochan import context, errgroup, time


def main():
    g, ctx = errgroup.with_context(context.background())
    g.go(time.sleep, 1)
    print(ctx.err())
    print(g.wait())
    print(ctx.err())
    print(context.cause(ctx))

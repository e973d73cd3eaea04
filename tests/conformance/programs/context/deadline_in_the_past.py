"""U231: A timeout that has passed already ends it at once."""

from gochan import context, time


def main():
    ctx, cancel = context.with_timeout(context.background(), 0)
    print(ctx.err())
    cancel()
    print(ctx.err())
    time.sleep(1)
    late, _ = context.with_timeout(context.background(), -1)
    late.done().recv()
    print(late.err())

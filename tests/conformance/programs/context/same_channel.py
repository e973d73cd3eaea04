"""U233: Done gives the same channel each time, also below with a value."""

from gochan import context


def main():
    ctx, _ = context.with_cancel(context.background())
    below = context.with_value(ctx, "key", 1)
    print(ctx.done() == ctx.done(), below.done() == ctx.done())

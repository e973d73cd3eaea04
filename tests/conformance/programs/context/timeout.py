"""U227: A timeout ends it with words of its own, and the first reason stays."""

from gochan import context


def main():
    ctx, cancel = context.with_timeout(context.background(), 1.5)
    print(ctx.err())
    ctx.done().recv()
    print(ctx.err())
    cancel()
    print(ctx.err())

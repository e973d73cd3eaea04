"""U243: Who waits for a context that nobody cancels waits for ever."""

from gochan import context, go, time


def worker(ctx):
    ctx.done().recv()


def main():
    ctx, _ = context.with_cancel(context.background())
    go(worker, ctx)
    time.sleep(1)
    worker(ctx)

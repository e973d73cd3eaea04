"""U230, U227: A deadline at a time of day."""

from gochan import context, time


def main():
    start = time.now()
    ctx, _ = context.with_deadline(context.background(), start + 2)
    time.sleep(0.5)
    when, ok = ctx.deadline()
    print(round((when - start) * 1000), round((when - time.now()) * 1000), ok)
    ctx.done().recv()
    print(ctx.err())

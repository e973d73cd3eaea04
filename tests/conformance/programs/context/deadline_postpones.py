"""U227, J107: A context's deadline puts a deadlock off until it has passed."""

from gochan import Chan, context, time


def main():
    ctx, _ = context.with_timeout(context.background(), time.HOUR)
    Chan[int]().recv()
    print(ctx.err())

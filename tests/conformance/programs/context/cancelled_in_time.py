"""U227, U228: Cancelled before its deadline, by another goroutine."""

from gochan import context, go, time


def main():
    ctx, cancel = context.with_timeout(context.background(), time.MINUTE)

    def canceller():
        time.sleep(1)
        cancel()

    go(canceller)
    ctx.done().recv()
    print(ctx.err())
    time.sleep(time.HOUR)
    print(ctx.err())

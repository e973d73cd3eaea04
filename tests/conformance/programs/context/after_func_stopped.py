"""U239: Stopped in time, the function is never started."""

from gochan import context, time


def main():
    ctx, cancel = context.with_cancel(context.background())
    stop = context.after_func(ctx, lambda: print("never printed"))
    print(stop(), stop())
    cancel()
    time.sleep(1)
    print("done")

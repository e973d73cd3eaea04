"""U241, H80: Contexts of the package need no goroutine."""

from gochan import context, runtime, time


def main():
    ctx, cancel = context.with_timeout(context.background(), time.HOUR)
    child, cancel_child = context.with_cancel(ctx)
    stop = context.after_func(child, print)
    print(runtime.num_goroutine())
    stop()
    cancel_child()
    cancel()
    print(runtime.num_goroutine())

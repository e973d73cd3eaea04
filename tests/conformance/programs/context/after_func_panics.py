"""U239, I89: A panic in the function that a cancel starts."""

from gochan import context, panic, time


def alarm():
    panic("cancelled")


def main():
    ctx, cancel = context.with_cancel(context.background())
    context.after_func(ctx, alarm)
    cancel()
    time.sleep(1)

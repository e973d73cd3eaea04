"""U238: A context that keeps the values and ignores the cancel."""

from gochan import context, nil


def main():
    ctx = context.with_value(context.background(), "user", "ada")
    ctx, cancel = context.with_timeout(ctx, 1)
    free = context.without_cancel(ctx)
    cancel()
    _, ok = free.deadline()
    print(ctx.err(), free.err(), free.done() is nil, ok, free.value("user"), context.cause(free))

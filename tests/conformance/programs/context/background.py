"""U225, J112: The context at the root is never cancelled, and has no deadline and no values."""

from gochan import context, nil


def main():
    ctx = context.background()
    _, ok = ctx.deadline()
    print(ctx.done() is nil, ctx.err(), ok, ctx.value("key"))
    print(ctx, context.todo())
    ctx.done().recv()

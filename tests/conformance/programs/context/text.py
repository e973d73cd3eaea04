"""U242: A context prints as the way in which it was made."""

from gochan import context


def main():
    ctx, _ = context.with_cancel(context.background())
    print(ctx)
    print(context.without_cancel(ctx))
    under, cancel_under = context.with_cancel_cause(context.todo())
    cancel_under(None)
    print(under)

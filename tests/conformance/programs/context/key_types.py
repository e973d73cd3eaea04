"""U234: Keys of different types are different keys."""

from gochan import context


def main():
    ctx = context.with_value(context.background(), 1, "an integer")
    print(ctx.value(1), ctx.value(1.0), ctx.value("1"), ctx.value(True))

"""U234: A value is looked up along the chain; the nearest one counts."""

from gochan import context


def main():
    first = context.with_value(context.background(), "colour", "red")
    second = context.with_value(first, "size", 7)
    third = context.with_value(second, "colour", "blue")
    print(first.value("colour"), third.value("colour"), third.value("size"))
    print(first.value("size"), third.value("taste"))

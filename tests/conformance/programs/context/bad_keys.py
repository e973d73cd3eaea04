"""U235: What can't be a key, and what can't be a parent."""

from gochan import Panic, context


def attempt(parent, key):
    try:
        context.with_value(parent, key, 1)
    except Panic as p:
        print(p)


def main():
    attempt(context.background(), None)
    attempt(context.background(), [1])
    attempt(None, "key")

"""U237: A timeout with a cause; a plain cancel does not use it."""

from gochan import context


def main():
    slow = ValueError("the printer is slow")
    late, _ = context.with_timeout_cause(context.background(), 1, slow)
    early, cancel_early = context.with_timeout_cause(context.background(), 1, slow)
    cancel_early()
    late.done().recv()
    print(context.cause(late), late.err())
    print(context.cause(early), early.err())

"""U236, U237: Without a cause of its own the reason is the cause."""

from gochan import context


def main():
    late, _ = context.with_timeout(context.background(), 1)
    early, cancel_early = context.with_timeout(context.background(), 1)
    cancel_early()
    late.done().recv()
    print(context.cause(late))
    print(context.cause(early))
    print(context.cause(context.background()))

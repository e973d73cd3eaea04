"""U236: The cause tells why; the first one counts, the context's own or one from above."""

from gochan import context


def main():
    parent, cancel_parent = context.with_cancel_cause(context.background())
    child, cancel_child = context.with_cancel_cause(parent)
    other, cancel_other = context.with_cancel_cause(parent)
    print(context.cause(child))
    cancel_child(ValueError("too slow"))
    cancel_child(ValueError("too late"))
    cancel_parent(ValueError("shut down"))
    cancel_other(ValueError("after all"))
    print(context.cause(child), child.err())
    print(context.cause(parent))
    print(context.cause(other))
    plain, cancel_plain = context.with_cancel_cause(context.background())
    cancel_plain(None)
    print(context.cause(plain))

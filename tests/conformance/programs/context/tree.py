"""U226, U228: To cancel ends a context and all below it, and nothing above or beside."""

from gochan import context


def main():
    parent, cancel_parent = context.with_cancel(context.background())
    child, cancel_child = context.with_cancel(parent)
    sibling, _ = context.with_cancel(parent)
    grandchild, _ = context.with_cancel(child)
    cancel_child()
    cancel_child()
    print(parent.err(), sibling.err())
    print(child.err())
    print(grandchild.err())
    cancel_parent()
    print(sibling.err())

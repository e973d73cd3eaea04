"""U235: A context without a parent."""

from gochan import context


def main():
    ctx, _ = context.with_cancel(None)
    print(ctx)

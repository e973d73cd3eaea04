"""U232: The two reasons, told apart."""

from gochan import context


def main():
    cancelled, cancel = context.with_cancel(context.background())
    cancel()
    late, _ = context.with_timeout(context.background(), 0)
    for err in (cancelled.err(), late.err()):
        print(isinstance(err, context.Canceled), isinstance(err, context.DeadlineExceeded))

"""U239: A function that is started when the context ends."""

from gochan import Chan, context


def main():
    ctx, _ = context.with_timeout(context.background(), 1)
    done = Chan[str]()
    stop = context.after_func(ctx, lambda: done.send(str(ctx.err())))
    print(done.recv())
    print(stop())
    context.after_func(ctx, lambda: done.send("at once"))
    print(done.recv())

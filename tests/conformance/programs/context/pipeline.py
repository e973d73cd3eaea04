"""U226, G53: A cancelled context stops a generator that waits to send."""

from gochan import Chan, context, go, recv, runtime, select, send


def count(ctx, out, stopped):
    n = 0
    while True:
        match select(send(out, n), recv(ctx.done())):
            case 0, *_:
                n += 1
            case 1, *_:
                stopped.send(ctx.err())
                return


def main():
    ctx, cancel = context.with_cancel(context.background())
    numbers, stopped = Chan[int](), Chan()
    go(count, ctx, numbers, stopped)
    for n in numbers:
        print(n)
        if n == 3:
            break
    cancel()
    print(stopped.recv())
    print(runtime.num_goroutine() <= 2)

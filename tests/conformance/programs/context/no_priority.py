"""U227, G55: A cancelled context and a value that is there are drawn alike."""

from gochan import Chan, context, recv, select


def main():
    ctx, cancel = context.with_cancel(context.background())
    cancel()
    c = Chan[int](1)
    values = 0
    for _ in range(400):
        c.send(1)
        match select(recv(ctx.done()), recv(c)):
            case 0, *_:
                c.recv()
            case 1, *_:
                values += 1
    print(values > 100, values < 300)

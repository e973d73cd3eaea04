"""U226, G60: A cancelled context stops all that watch it."""

from gochan import Chan, context, go, recv, select, time


def worker(ctx, stopped):
    while True:
        match select(recv(ctx.done()), recv(time.after(0.3))):
            case 0, *_:
                stopped.send(True)
                return


def main():
    ctx, cancel = context.with_cancel(context.background())
    stopped = Chan[bool]()
    for _ in range(3):
        go(worker, ctx, stopped)
    time.sleep(1)
    cancel()
    for _ in range(3):
        stopped.recv()
    print("all stopped:", ctx.err())

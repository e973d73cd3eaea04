"""L140: A function due later runs in a goroutine of its own, and has no channel."""

from gochan import Chan, nil, time


def main():
    done = Chan[str]()
    timer = time.after_func(1, lambda: done.send("fired"))
    print(timer.c is nil)
    print(done.recv())

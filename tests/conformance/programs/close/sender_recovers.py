"""E38: It panics in its own goroutine, and can recover there."""

from gochan import Chan, Panic, go, time


def worker(c, done):
    try:
        c.send(1)
    except Panic as p:
        print("recovered:", p)
        done.send(True)


def main():
    c, done = Chan[int](), Chan[bool]()
    go(worker, c, done)
    time.sleep(1)
    c.close()
    done.recv()
    _, ok = c.recv_ok()
    print(ok)

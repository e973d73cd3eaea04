"""E35, E36: Two who both close: the second is told."""

from gochan import Chan, Panic, go


def finish(c, done):
    try:
        c.close()
        done.send("<nil>")
    except Panic as p:
        done.send(str(p))


def main():
    c, done = Chan[int](), Chan[str]()
    go(finish, c, done)
    print(done.recv())
    go(finish, c, done)
    print(done.recv())
    print(c.recv())

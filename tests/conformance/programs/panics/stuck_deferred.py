"""I88, J101: A deferred call that waits for ever: the panic is never told."""

from gochan import Chan, panic


def load(c):
    try:
        panic("no such file")
    finally:
        c.recv()


def main():
    load(Chan[int]())

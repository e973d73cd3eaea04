"""J103, I99: A deadlock runs no deferred calls and can't be recovered."""

from gochan import Chan, Panic


def receive(c):
    try:
        c.recv()
    except Panic as p:
        print("recovered:", p)
    finally:
        print("never printed")


def main():
    receive(Chan[int]())

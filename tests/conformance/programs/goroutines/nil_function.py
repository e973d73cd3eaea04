"""H73, I99: To start the nil function is a fatal error, which nothing recovers."""

from gochan import Panic, go


def start(f):
    try:
        go(f)
    except Panic as p:
        print("recovered:", p)


def main():
    start(None)

"""L143: Nobody recovers it."""

from gochan import time


def main():
    ticker = time.Ticker(0)
    ticker.c.recv()

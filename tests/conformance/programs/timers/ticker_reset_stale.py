"""L148: Reset forgets a tick that nobody has read."""

from gochan import time


def main():
    ticker = time.Ticker(1)
    time.sleep(1.5)
    ticker.reset(2)
    ticker.c.recv()
    print("tick")

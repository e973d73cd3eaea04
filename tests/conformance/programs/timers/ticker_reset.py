"""L148: Reset begins a new period now, and revives a stopped ticker."""

from gochan import time


def main():
    ticker = time.Ticker(1)
    ticker.c.recv()
    print("first")
    time.sleep(0.5)
    ticker.reset(2)
    ticker.c.recv()
    print("second")
    ticker.stop()
    time.sleep(5)
    ticker.reset(0.3)
    ticker.c.recv()
    ticker.c.recv()
    print("third and fourth")

"""J108: Nor does a ticker that nobody reads."""

from gochan import Chan, time


def main():
    ticker = time.Ticker(time.SECOND)
    Chan[int]().recv()
    ticker.stop()

"""J110, L147: Who waits for a ticker that is stopped waits for ever."""

from gochan import Chan, go, time


def waiter(ticker):
    for now in ticker.c:
        print(round(now / time.MILLISECOND))


def main():
    ticker = time.Ticker(1)
    go(waiter, ticker)
    time.sleep(2.5)
    ticker.stop()
    Chan[int]().recv()

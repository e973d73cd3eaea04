"""L148: Who waits for a ticker follows its new period."""

from gochan import go, time


def main():
    ticker = time.Ticker(1)

    def faster():
        time.sleep(2.5)
        ticker.reset(0.3)

    go(faster)
    for _ in range(6):
        print("tick of", round(ticker.c.recv() / time.MILLISECOND))

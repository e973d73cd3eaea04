"""L145: Of the ticks that nobody read one is left."""

from gochan import default, recv, select, time


def main():
    ticker = time.Ticker(10 * time.MILLISECOND)
    time.sleep(65 * time.MILLISECOND)
    count = 0
    while select(recv(ticker.c), default)[0] == 0:
        count += 1
    print(count)

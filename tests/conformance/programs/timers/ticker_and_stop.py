"""L145, G53: A ticker and the end, in one select."""

from gochan import recv, select, time


def main():
    ticker = time.Ticker(0.5)
    done = time.after(1.8)
    n = 0
    while True:
        match select(recv(ticker.c), recv(done)):
            case 0, *_:
                print("tick", n)
                n += 1
            case 1, *_:
                print("done after", n)
                return

"""L147: A stopped ticker is not closed; it is never ready again."""

from gochan import recv, select, time


def main():
    ticker = time.Ticker(1)
    ticker.c.recv()
    time.sleep(1.5)
    ticker.stop()
    match select(recv(ticker.c), recv(time.after(5))):
        case 0, _, ok:
            print("received", ok)
        case 1, *_:
            print("nothing")

"""L137, L147: A tick that nobody has read is gone after Stop."""

from gochan import default, recv, select, time


def main():
    ticker = time.Ticker(1)
    time.sleep(1.5)
    ticker.stop()
    match select(recv(ticker.c), default):
        case 0, *_:
            print("a tick")
        case 1, *_:
            print("none")

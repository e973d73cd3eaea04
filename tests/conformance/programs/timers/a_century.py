"""L154: A timer may be due in a hundred years."""

from gochan import recv, select, time


def main():
    timer = time.Timer(100 * 365 * 24 * time.HOUR)
    match select(recv(timer.c), recv(time.after(1))):
        case 0, *_:
            print("a century later")
        case 1, *_:
            print("a second later")
    print(timer.stop())
    time.sleep(100 * 365 * 24 * time.HOUR)
    print("now")

"""L135: The channel of a timer looks empty, and yet is ready when it is due."""

from gochan import default, recv, select, time


def main():
    timer = time.Timer(1)
    print(len(timer.c), timer.c.cap)
    time.sleep(2)
    print(len(timer.c), timer.c.cap)
    match select(recv(timer.c), default):
        case 0, *_:
            print("ready")
        case 1, *_:
            print("not ready")

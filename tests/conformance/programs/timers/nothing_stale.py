"""L137: After Stop and after Reset no old value is there."""

from gochan import default, recv, select, time


def look(timer):
    match select(recv(timer.c), default):
        case 0, *_:
            print("a value")
        case 1, *_:
            print("none")


def main():
    timer = time.Timer(1)
    time.sleep(2)
    timer.stop()
    look(timer)
    timer.reset(1)
    time.sleep(2)
    timer.reset(1)
    look(timer)
    time.sleep(1)
    look(timer)
    look(timer)

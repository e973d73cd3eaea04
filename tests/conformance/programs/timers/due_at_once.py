"""L151: A timer of no duration is ready without anybody having waited."""

from gochan import default, recv, select, time


def main():
    timer = time.Timer(0)
    match select(recv(timer.c), default):
        case 0, *_:
            print("ready")
        case 1, *_:
            print("not ready")

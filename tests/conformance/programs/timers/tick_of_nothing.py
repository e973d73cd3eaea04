"""L144: Tick with no interval gives the nil channel."""

from gochan import nil, time


def main():
    print(time.tick(0) is nil, time.tick(-1) is nil)
    time.tick(0).recv()

"""L136: Stop tells whether there was something to stop."""

from gochan import time


def main():
    running = time.Timer(1)
    print(running.stop(), running.stop())
    unread = time.Timer(1)
    time.sleep(2)
    print(unread.stop(), unread.stop())
    read = time.Timer(1)
    read.c.recv()
    print(read.stop())

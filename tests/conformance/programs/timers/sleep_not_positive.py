"""L133: To sleep for no time, or for less, returns at once."""

from gochan import time


def main():
    time.sleep(0)
    time.sleep(-1)
    print("at once")

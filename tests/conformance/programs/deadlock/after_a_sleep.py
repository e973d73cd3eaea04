"""J104: A sleeper puts it off."""

from gochan import Chan, go, time


def sleeper():
    time.sleep(2.5)
    print("awake")


def main():
    go(sleeper)
    Chan[int]().recv()

"""J107: A function that is due in an hour puts it off by an hour."""

from gochan import Chan, time


def alarm():
    print("an hour later")


def main():
    time.after_func(time.HOUR, alarm)
    Chan[int]().recv()

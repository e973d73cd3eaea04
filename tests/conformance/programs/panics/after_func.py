"""I100: A panic in a timer's function names the clock as its creator."""

from gochan import panic, time


def alarm():
    panic("too late")


def main():
    time.after_func(1, alarm)
    time.sleep(2)

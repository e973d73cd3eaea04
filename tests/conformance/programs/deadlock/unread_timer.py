"""J108: A timer that nobody waits for puts nothing off."""

from gochan import Chan, time


def main():
    timer = time.Timer(time.HOUR)
    Chan[int]().recv()
    timer.c.recv()

"""J108: Nor does the channel of After."""

from gochan import Chan, time


def main():
    late = time.after(time.HOUR)
    Chan[int]().recv()
    late.recv()

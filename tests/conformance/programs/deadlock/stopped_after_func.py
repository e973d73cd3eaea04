"""J111: A function that was stopped puts nothing off."""

from gochan import Chan, time


def main():
    f = time.after_func(time.HOUR, lambda: print("never printed"))
    print(f.stop())
    Chan[int]().recv()

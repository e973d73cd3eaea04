"""H74: When main returns the program is over, whoever still waits or sleeps."""

from gochan import Chan, go, time


def waiter(c):
    try:
        c.recv()
    finally:
        print("the waiter's deferred call")


def sleeper():
    try:
        time.sleep(2)
        print("the sleeper wakes")
    finally:
        print("the sleeper's deferred call")


def main():
    go(waiter, Chan[int]())
    go(sleeper)
    time.sleep(1)
    print("main returns")

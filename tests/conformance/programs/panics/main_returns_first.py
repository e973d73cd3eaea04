"""I85, H74: Main returns while another's deferred call still waits."""

from gochan import go, panic, time


def worker():
    try:
        panic("boom")
    finally:
        time.sleep(time.MINUTE)


def main():
    go(worker)
    time.sleep(1)
    print("main returns")

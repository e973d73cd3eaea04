"""A5: The length counts the buffer, not the senders that wait."""

from gochan import Chan, go, time


def main():
    c = Chan[int](2)
    for i in range(5):
        go(c.send, i)
    time.sleep(time.MILLISECOND)
    print(len(c), c.cap)

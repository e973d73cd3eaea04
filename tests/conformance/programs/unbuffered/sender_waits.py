"""B13: A send blocks until a receiver comes."""

from gochan import Chan, go, time


def send_hello(c):
    c.send("hello")
    time.sleep(0.5)
    print("sent")


def main():
    c = Chan[str]()
    go(send_hello, c)
    time.sleep(2)
    print(c.recv())
    time.sleep(1)

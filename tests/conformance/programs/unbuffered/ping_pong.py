"""B13: Two goroutines take turns."""

from gochan import Chan, go, time


def main():
    ball, back = Chan[int](), Chan[int]()

    def other():
        for n in ball:
            time.sleep(0.1)
            back.send(n + 1)

    go(other)
    n = 0
    while n < 6:
        print(n)
        ball.send(n)
        n = back.recv()

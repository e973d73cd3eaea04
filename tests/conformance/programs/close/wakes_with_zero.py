"""E37: A receiver that waited gets the zero value and false."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()
    results = Chan[str]()

    def receiver():
        n, ok = c.recv_ok()
        results.send(f"{n} {ok}")

    for _ in range(3):
        go(receiver)
    time.sleep(1)
    c.close()
    for _ in range(3):
        print(results.recv())

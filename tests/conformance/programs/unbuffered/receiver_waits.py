"""B13: A receive blocks until a sender comes."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()

    def answer():
        time.sleep(1.5)
        c.send(42)

    go(answer)
    print("waiting")
    print(c.recv())

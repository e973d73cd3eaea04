"""F45: A range waits for each value."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()

    def produce():
        for n in range(3):
            time.sleep(1)
            c.send(n)
        time.sleep(1)
        c.close()

    go(produce)
    for n in c:
        print(n)
    print("done")

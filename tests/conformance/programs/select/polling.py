"""G56, H78: A loop that tries and goes on with other work."""

from gochan import Chan, default, go, recv, select, time


def main():
    c = Chan[int]()

    def answer():
        time.sleep(95 * time.MILLISECOND)
        c.send(42)

    go(answer)
    tries = 1
    while True:
        match select(recv(c), default):
            case 0, n, _:
                print("got", n, "at try", tries)
                return
            case 1, *_:
                time.sleep(10 * time.MILLISECOND)
                tries += 1

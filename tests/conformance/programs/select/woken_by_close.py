"""G65: A close wakes a select that waits, with that case and false."""

from gochan import Chan, go, recv, select, time


def main():
    a, b, c = Chan[int](), Chan[int](), Chan[int]()

    def closer():
        time.sleep(1)
        b.close()

    go(closer)
    match select(recv(a), recv(b), recv(c)):
        case 0, n, ok:
            print("a", n, ok)
        case 1, n, ok:
            print("b", n, ok)
        case 2, n, ok:
            print("c", n, ok)

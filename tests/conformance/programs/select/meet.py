"""G64: A select that sends meets a select that receives."""

from gochan import Chan, go, recv, select, send, time


def main():
    c, other = Chan[int](), Chan[int]()
    go(select, send(c, 7), send(other, 8))
    time.sleep(1)
    match select(recv(c), recv(time.after(1))):
        case 0, n, _:
            print("received", n)
        case 1, *_:
            print("nobody came")

"""G61: What was not chosen leaves no offer behind."""

from gochan import Chan, default, go, recv, select, send, time


def main():
    a, b = Chan[int](), Chan[int]()
    done = Chan[bool]()

    def worker():
        match select(recv(a), recv(b), send(b, 99)):
            case 0, n, _:
                print("a", n)
            case 1, n, _:
                print("b", n)
            case 2, *_:
                print("sent")
        done.send(True)

    go(worker)
    time.sleep(1)
    a.send(1)
    done.recv()
    match select(send(b, 2), recv(b), default):
        case 0, *_:
            print("somebody took it")
        case 1, n, _:
            print("somebody sent", n)
        case 2, *_:
            print("nobody there")

"""G60: A case that receives from a closed channel is always ready."""

from gochan import Chan, recv, select


def main():
    closed, other = Chan[int](), Chan[int]()
    closed.close()
    for _ in range(3):
        match select(recv(closed), recv(other)):
            case 0, n, ok:
                print(n, ok)
            case 1, *_:
                print("never")

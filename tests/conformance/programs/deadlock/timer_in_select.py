"""J109: So does one that a select waits for."""

from gochan import Chan, recv, select, time


def main():
    c = Chan[int]()
    match select(recv(c), recv(time.after(time.MINUTE))):
        case 1, *_:
            print("a minute later")
    c.recv()

"""G66: Leaving a case early leaves the select alone, not the loop around it."""

from gochan import Chan, recv, select


def main():
    c = Chan[int](4)
    for n in range(4):
        c.send(n)
    for _ in range(4):
        match select(recv(c)):
            case 0, n, _ if n % 2 == 0:
                pass
            case 0, n, _:
                print(n)
        print("next")

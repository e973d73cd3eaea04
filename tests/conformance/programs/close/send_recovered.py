"""E34, E36, E41: The panic can be recovered, and the value is nowhere."""

from gochan import Chan, Panic


def try_send(c, n):
    try:
        c.send(n)
        print("sent")
    except Panic as p:
        print("recovered:", p)


def main():
    c = Chan[int](2)
    try_send(c, 1)
    c.close()
    try_send(c, 2)
    for _ in range(2):
        n, ok = c.recv_ok()
        print(n, ok)

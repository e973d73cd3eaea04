"""A4, A8: A channel's directional views equal the channel."""

from gochan import Chan


def main():
    c = Chan[int](1)
    into, out = c.send_only(), c.recv_only()
    print(into == c, out == c)
    into.send(7)
    print(out.recv(), len(into), out.cap)

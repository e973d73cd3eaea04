"""D31, K120: A select of nil channels alone blocks for ever."""

from gochan import nil, recv, select, send


def main():
    a = b = nil
    select(recv(a), send(b, 1))

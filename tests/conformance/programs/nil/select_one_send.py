"""D31, K118: A select with one case to send is a send."""

from gochan import nil, select, send


def main():
    c = nil
    select(send(c, 1))

"""D31, K119: A select with one case is that operation."""

from gochan import nil, recv, select


def main():
    c = nil
    select(recv(c))

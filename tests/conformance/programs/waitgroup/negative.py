"""P184: A counter below zero panics."""

from gochan import sync


def main():
    wg = sync.WaitGroup()
    wg.add(1)
    wg.done()
    wg.done()

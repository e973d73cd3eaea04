"""P184, P185: After that panic the counter stays below zero."""

from gochan import Panic, sync


def too_many(wg):
    try:
        wg.done()
    except Panic as p:
        print("recovered:", p)


def main():
    wg = sync.WaitGroup()
    too_many(wg)
    wg.add(1)
    wg.wait()
    print("no wait")

"""P191, I88: A panic that the function recovers counts as done."""

from gochan import Panic, panic, sync


def worker():
    try:
        panic("boom")
    except Panic as p:
        print("recovered:", p)


def main():
    wg = sync.WaitGroup()
    wg.go(worker)
    wg.wait()
    print("done")

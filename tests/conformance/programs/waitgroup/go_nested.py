"""P191: A group's Go counts the goroutine that it starts; those may start more."""

from gochan import sync, time


def main():
    wg = sync.WaitGroup()

    def outer(i):
        time.sleep(1 + i)
        print("outer", i)
        wg.go(inner, i)

    def inner(i):
        time.sleep(0.5)
        print("inner", i)

    for i in range(3):
        wg.go(outer, i)
    wg.wait()
    print("done")

"""F47: What a goroutine is given of the loop's variable stays as it was."""

from gochan import Chan, sync, time


def main():
    c = Chan[int](3)
    for n in range(3):
        c.send(n)
    c.close()
    wg = sync.WaitGroup()
    total = 0

    def add(n):
        nonlocal total
        time.sleep(n)
        total += n
        print(n, total)

    for n in c:
        wg.go(add, n)
    wg.wait()

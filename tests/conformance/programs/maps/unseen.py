"""T223: What never meets in the map is not noticed."""

from gochan import Var, runtime, sync


def main():
    m = Var({})
    wg = sync.WaitGroup()

    def worker(n):
        m[n] = n
        runtime.gosched()
        m[n] += 1

    for n in range(5):
        wg.go(worker, n)
    wg.wait()
    print(len(m), m[0], m[4])

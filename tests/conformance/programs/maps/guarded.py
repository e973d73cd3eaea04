"""T222, N166: A map behind a mutex."""

from gochan import Var, sync


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()
    counts = Var({"red": 0, "green": 0, "blue": 0})

    def worker(n):
        for word in ["red", "green", "blue"][: n % 3 + 1]:
            with mu:
                counts[word] += 1

    for n in range(9):
        wg.go(worker, n)
    wg.wait()
    print(counts["red"], counts["green"], counts["blue"])

"""Q201: OnceValue keeps what the function returned."""

from gochan import sync, time


def main():
    def think():
        print("thinking")
        time.sleep(1)
        return 42

    answer = sync.once_value(think)
    wg = sync.WaitGroup()
    total = 0

    def worker():
        nonlocal total
        result = answer()
        total += result

    for _ in range(3):
        wg.go(worker)
    wg.wait()
    print(total, answer())

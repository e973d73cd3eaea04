"""K130: A goroutine that was started and has not run yet is runnable."""

from gochan import go, runtime, time


def worker():
    pass


def main():
    go(worker)
    go(worker)
    print(runtime.stack(all=True).count("[runnable]:"))
    time.sleep(1)
    print(runtime.stack(all=True).count("[runnable]:"))

"""I88, I97: A supervisor starts a worker again that has panicked."""

from gochan import Chan, Panic, go, panic, time


def worker(n, done):
    try:
        time.sleep(1)
        if n < 3:
            panic(f"attempt {n} failed")
        done.send("success")
    except Panic as p:
        done.send(str(p))


def main():
    done = Chan[str]()
    n = 1
    while True:
        go(worker, n, done)
        result = done.recv()
        print(result)
        if result == "success":
            return
        n += 1

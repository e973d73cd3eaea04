"""N168, I99: It ends the program from any goroutine."""

from gochan import Panic, go, sync, time


def worker(mu):
    try:
        mu.unlock()
    except Panic as p:
        print("recovered:", p)


def main():
    mu = sync.Mutex()
    go(worker, mu)
    time.sleep(1)
    print("never printed")

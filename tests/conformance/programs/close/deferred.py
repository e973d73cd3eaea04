"""E44, I88: A deferred close releases the readers also when the goroutine panics."""

from gochan import Chan, Panic, go, panic, time


def produce(c):
    try:
        try:
            c.send(1)
            panic("out of paper")
        finally:
            c.close()
    except Panic as p:
        print("recovered:", p)


def main():
    c = Chan[int]()
    go(produce, c)
    for n in c:
        print(n)
        time.sleep(1)
    time.sleep(1)
    print("released")

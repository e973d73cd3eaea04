"""O175, O177: Readers and writers that come in turn."""

from gochan import sync, time


def read(rw, name, start):
    time.sleep(start)
    with rw.rlocker():
        print(name, "in")
        time.sleep(1.1)


def write(rw, name, start):
    time.sleep(start)
    with rw:
        print(name, "in")
        time.sleep(1.3)


def main():
    rw, wg = sync.RWMutex(), sync.WaitGroup()
    wg.go(read, rw, "reader 1", 0)
    wg.go(write, rw, "writer 1", 0.2)
    wg.go(read, rw, "reader 2", 0.4)
    wg.go(write, rw, "writer 2", 0.6)
    wg.go(read, rw, "reader 3", 3)
    wg.go(write, rw, "writer 3", 3.2)
    wg.wait()
    print("done")

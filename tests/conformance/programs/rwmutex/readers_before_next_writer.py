"""O177: Unlock lets in all readers that waited, before the next writer."""

from gochan import sync, time


def main():
    rw, wg = sync.RWMutex(), sync.WaitGroup()
    reading = 0

    def reader(i):
        nonlocal reading
        time.sleep((1 + i) * time.MILLISECOND)
        with rw.rlocker():
            reading += 1
            time.sleep(1)

    def writer():
        time.sleep(10 * time.MILLISECOND)
        with rw:
            print("the writer comes after", reading)

    rw.lock()
    for i in range(3):
        wg.go(reader, i)
    wg.go(writer)
    time.sleep(1)
    rw.unlock()
    wg.wait()

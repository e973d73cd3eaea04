"""O174: Writers take turns, and readers wait for them."""

from gochan import sync, time


def main():
    rw, wg = sync.RWMutex(), sync.WaitGroup()
    value = 0

    def writer():
        nonlocal value
        with rw:
            seen = value
            time.sleep(1)
            value = seen + 1

    for _ in range(3):
        wg.go(writer)
    time.sleep(time.MILLISECOND)
    wg.wait()
    with rw.rlocker():
        print(value)

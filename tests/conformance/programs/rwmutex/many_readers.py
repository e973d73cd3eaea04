"""O174: Many read at a time, one writes."""

from gochan import sync, time


def main():
    rw, wg = sync.RWMutex(), sync.WaitGroup()
    reading, most = 0, 0

    def reader():
        nonlocal reading, most
        with rw.rlocker():
            reading += 1
            most = max(most, reading)
            time.sleep(1)
            reading -= 1

    for _ in range(4):
        wg.go(reader)
    time.sleep(time.MILLISECOND)
    with rw:
        print("writing while", reading, "read; at most", most)
    wg.wait()

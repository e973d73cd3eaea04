"""O175: A writer that waits holds back new readers."""

from gochan import go, sync, time


def reader(rw, name, hold):
    with rw.rlocker():
        print(name, "reads")
        time.sleep(hold)


def writer(rw):
    with rw:
        print("the writer writes")
        time.sleep(1)


def main():
    rw = sync.RWMutex()
    go(reader, rw, "the first", 3)
    time.sleep(1)
    go(writer, rw)
    time.sleep(1)
    go(reader, rw, "the second", 1)
    time.sleep(10)

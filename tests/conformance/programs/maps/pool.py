"""T221: A pool gives back what was put in, else what New makes, else nil."""

from gochan import sync


def main():
    empty = sync.Pool()
    print(empty.get())
    pool = sync.Pool(lambda: "new")
    print(pool.get())
    pool.put(None)
    print(pool.get())

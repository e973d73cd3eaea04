"""Q195: Only the first function is run, whatever the others are."""

from gochan import sync


def main():
    once = sync.Once()
    for n in range(3):
        once.do(lambda n=n: print("run", n))
    once.do(lambda: print("another"))
    print("done")

"""H76: Each starts two more, down to the leaves."""

from gochan import Chan, go


def count(depth, out):
    if depth == 0:
        out.send(1)
        return
    results = Chan[int]()
    go(count, depth - 1, results)
    go(count, depth - 1, results)
    out.send(results.recv() + results.recv())


def main():
    out = Chan[int]()
    go(count, 8, out)
    print(out.recv())

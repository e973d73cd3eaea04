"""A7: A channel of empty values works, buffered or not."""

from gochan import Chan, go


def main():
    done = Chan()
    tokens = Chan(3)

    def fill():
        for _ in range(3):
            tokens.send(None)
        done.send(None)

    go(fill)
    done.recv()
    print(len(tokens))

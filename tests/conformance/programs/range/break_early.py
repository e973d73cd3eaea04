"""F48: Leaving the loop leaves the rest in the channel."""

from gochan import Chan


def main():
    c = Chan[int](5)
    for n in range(5):
        c.send(n)
    for n in c:
        if n == 2:
            break
    print(len(c), c.recv())

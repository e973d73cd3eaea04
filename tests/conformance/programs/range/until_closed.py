"""F45: A range ends when the channel is closed and drained."""

from gochan import Chan


def main():
    c = Chan[int](3)
    for n in range(3):
        c.send(n)
    c.close()
    for n in c:
        print(n)
    print("done")

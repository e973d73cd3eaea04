"""F46: The channel to range over is evaluated once."""

from gochan import Chan


def numbers():
    print("evaluated")
    c = Chan[int](2)
    c.send(1)
    c.send(2)
    c.close()
    return c


def main():
    for n in numbers():
        print(n)

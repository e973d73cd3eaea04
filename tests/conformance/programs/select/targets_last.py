"""G51: Where the value goes is looked up after the receive: the value is consumed."""

from gochan import Chan, recv, select


def index():
    print("which place?")
    return 1


def main():
    c = Chan[int](2)
    c.send(7)
    c.send(8)
    places = [0, 0]
    _, places[index()], _ = select(recv(c))
    print(places[0], places[1], len(c))

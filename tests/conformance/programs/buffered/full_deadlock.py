"""C21, K116: One value more than the buffer holds."""

from gochan import Chan


def main():
    c = Chan[int](2)
    for n in range(3):
        c.send(n)
        print("sent", n)

"""A8, A11: A stage receives from one direction, sends to the other and closes it."""

from gochan import Chan, go


def count(out):
    for i in range(4):
        out.send(i)
    out.close()


def square(numbers, out):
    for n in numbers:
        out.send(n * n)
    out.close()


def main():
    numbers, squares = Chan[int](), Chan[int]()
    go(count, numbers.send_only())
    go(square, numbers.recv_only(), squares.send_only())
    for n in squares:
        print(n)

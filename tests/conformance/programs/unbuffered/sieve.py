"""B20: The prime sieve: a goroutine for each prime."""

from gochan import Chan, go


def generate(out):
    n = 2
    while True:
        out.send(n)
        n += 1


def sift(numbers, out, prime):
    for n in numbers:
        if n % prime != 0:
            out.send(n)


def main():
    numbers = Chan[int]()
    go(generate, numbers)
    for _ in range(12):
        prime = numbers.recv()
        print(prime)
        rest = Chan[int]()
        go(sift, numbers, rest, prime)
        numbers = rest

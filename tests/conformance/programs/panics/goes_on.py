"""I88: After a recover the caller goes on, and the goroutine lives."""

from gochan import Panic, panic


def safely(f, n):
    try:
        f(n)
    except Panic as p:
        print("recovered:", p)


def check(n):
    if n % 2 == 1:
        panic(f"{n} is odd")
    print(n, "is even")


def main():
    for n in range(4):
        safely(check, n)

"""I94: A panic that was recovered and done with is no part of a later one."""

from gochan import Panic, panic


def attempt():
    try:
        panic("first")
    except Panic as p:
        print("recovered:", p)


def main():
    attempt()
    panic("second")

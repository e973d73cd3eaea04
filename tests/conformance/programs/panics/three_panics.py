"""I94: A chain of three."""

from gochan import Panic, panic


def inner():
    try:
        panic("first")
    except Panic:
        panic("second")


def outer():
    try:
        inner()
    except Panic:
        panic("third")


def main():
    outer()

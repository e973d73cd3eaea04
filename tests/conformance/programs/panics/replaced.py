"""I96: The outer recover sees the newer panic."""

from gochan import Panic, panic


def inner():
    try:
        panic("old")
    except Panic as p:
        print("inner:", p)
        panic("new")


def main():
    try:
        inner()
    except Panic as p:
        print("outer:", p)

"""I94, I96: A panic that comes and goes while another is handled."""

from gochan import Panic, panic


def attempt():
    try:
        panic("inner")
    except Panic as p:
        print("recovered:", p)


def load():
    try:
        panic("outer")
    except Panic as p:
        attempt()
        panic(p.value)


def main():
    load()

"""D29, E36: The panic can be recovered."""

from gochan import Panic, nil


def close_it(c):
    try:
        c.close()
    except Panic as p:
        print("recovered:", p)


def main():
    close_it(nil)
    print("going on")

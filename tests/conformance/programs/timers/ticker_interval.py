"""L143: A ticker needs an interval above zero."""

from gochan import Panic, time


def open_ticker(interval):
    try:
        time.Ticker(interval)
    except Panic as p:
        print("recovered:", p)


def reset_ticker(interval):
    try:
        time.Ticker(1).reset(interval)
    except Panic as p:
        print("recovered:", p)


def main():
    open_ticker(0)
    open_ticker(-1)
    reset_ticker(0)
    reset_ticker(-1)

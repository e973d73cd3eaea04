"""R209: A Cond that was used must not be copied."""

import copy

from gochan import Panic, sync


def main():
    cond = sync.Cond(sync.Mutex())
    cond.signal()
    other = copy.copy(cond)
    try:
        other.signal()
    except Panic as p:
        print(p)

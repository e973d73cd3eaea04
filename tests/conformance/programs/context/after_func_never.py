"""U240: Of a context that never ends it never is."""

from gochan import context, time


def main():
    stop = context.after_func(context.background(), lambda: print("never printed"))
    time.sleep(1)
    print(stop())

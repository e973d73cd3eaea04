"""Q201: A panic is kept, too, and raised at every call."""

from gochan import Panic, panic, sync


def attempt(f):
    try:
        f()
    except Panic as p:
        print("recovered:", p)


def main():
    def think():
        print("thinking")
        panic("no idea")

    answer = sync.once_value(think)
    attempt(answer)
    attempt(answer)

"""G53, L134: An answer in time, and one that comes too late."""

from gochan import Chan, go, recv, select, time


def answer(delay):
    c = Chan[str](1)

    def think():
        time.sleep(delay)
        c.send("answer")

    go(think)
    return c


def ask(delay):
    match select(recv(answer(delay)), recv(time.after(1))):
        case 0, text, _:
            print(text)
        case 1, *_:
            print("too late")


def main():
    ask(0.5)
    ask(1.5)

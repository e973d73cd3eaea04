"""D30: A merge switches a channel off when it is drained."""

from gochan import Chan, go, nil, recv, select, time


def feed(c, *words):
    for word in words:
        time.sleep(0.1)
        c.send(word)
    c.close()


def main():
    a, b = Chan[str](), Chan[str]()
    go(feed, a, "a1", "a2")
    time.sleep(0.05)
    go(feed, b, "b1", "b2", "b3", "b4")
    while a is not nil or b is not nil:
        match select(recv(a), recv(b)):
            case 0, _, False:
                print("a is drained")
                a = nil
            case 1, _, False:
                print("b is drained")
                b = nil
            case _, word, _:
                print(word)

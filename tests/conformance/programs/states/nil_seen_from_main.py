"""K118, K119: The states of those that wait at the nil channel."""

from gochan import go, nil, runtime, time


def main():
    c = nil
    go(c.recv)
    go(c.send, 1)
    time.sleep(1)
    text = runtime.stack(all=True)
    print(text.count("[chan receive (nil chan)]:"), text.count("[chan send (nil chan)]:"))

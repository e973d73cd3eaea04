"""S216, H78: To spin until a flag is set, with Gosched."""

from gochan import atomic, go, runtime


def main():
    ready = atomic.Bool(False)
    go(ready.store, True)
    while not ready.load():
        runtime.gosched()
    print("ready")

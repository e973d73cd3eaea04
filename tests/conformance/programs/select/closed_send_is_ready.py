"""G60: To send on a closed channel counts as ready: it panics when it is drawn."""

from gochan import Chan, Panic, recv, select, send


def draw(closed, ready):
    try:
        select(send(closed, 1), recv(ready))
    except Panic:
        return True
    return False


def main():
    closed, ready = Chan[int](), Chan[int](1)
    closed.close()
    panics = sum(draw(closed, ready) for _ in range(400))
    print(panics == 400)
    ready.close()
    panics = sum(draw(closed, ready) for _ in range(400))
    print(panics > 100, panics < 300)

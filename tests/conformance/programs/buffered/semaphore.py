"""C25: A buffer of three lets three in at a time."""

from gochan import Chan, sync, time


def main():
    slots = Chan(3)
    wg = sync.WaitGroup()
    inside, most = 0, 0

    def worker():
        nonlocal inside, most
        slots.send(None)
        inside += 1
        most = max(most, inside)
        time.sleep(1)
        inside -= 1
        slots.recv()

    for _ in range(8):
        wg.go(worker)
    wg.wait()
    print("at most", most)

"""K123, K126: The states of those that wait for a lock and for a group."""

from gochan import go, runtime, sync, time


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()
    mu.lock()
    wg.add(1)
    for _ in range(3):
        go(mu.lock)
    for _ in range(2):
        go(wg.wait)
    time.sleep(1)
    text = runtime.stack(all=True)
    print(text.count("[sync.Mutex.Lock]:"), text.count("[sync.WaitGroup.Wait]:"))

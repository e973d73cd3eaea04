"""G68, B15: Who waits in a select is served in turn as well."""

from gochan import Chan, go, recv, select, time


def main():
    c, never = Chan[int](), Chan[int]()
    results = Chan[str]()

    def waiter(i):
        time.sleep(i)
        match select(recv(c), recv(never)):
            case 0, n, _:
                results.send(f"waiter {i} got {n}")

    for i in range(4):
        go(waiter, i)
    time.sleep(10)
    for n in range(4):
        c.send(n)
        print(results.recv())

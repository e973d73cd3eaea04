"""K116, K117, K120, K121, K122, K130: The states of those that wait, seen from main."""

from gochan import Chan, go, recv, runtime, select, send, time


def main():
    c, full = Chan[int](), Chan[int]()
    go(c.recv)
    go(c.recv)
    go(full.send, 1)
    go(select, recv(c), send(full, 1))
    go(select)
    go(time.sleep, time.HOUR)
    time.sleep(1)
    text = runtime.stack(all=True)
    for state in ("running", "chan receive", "chan send", "select", "select (no cases)", "sleep"):
        print(state, text.count(f"[{state}]:"))

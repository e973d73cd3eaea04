"""K120, G68: Goroutines that wait in selects."""

from gochan import Chan, go, recv, select, time


def worker(jobs, quit_signal):
    match select(recv(jobs), recv(quit_signal)):
        case 0, n, _:
            print(n)


def main():
    jobs, quit_signal, done = Chan[int](), Chan[int](), Chan[int]()
    go(worker, jobs, quit_signal)
    go(worker, jobs, quit_signal)
    time.sleep(1)
    done.recv()

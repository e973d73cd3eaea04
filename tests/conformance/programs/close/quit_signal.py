"""E32, G60: A closed channel tells many goroutines to stop."""

from gochan import Chan, go, recv, select, time


def worker(quit_signal, stopped):
    while True:
        match select(recv(quit_signal), recv(time.after(0.3))):
            case 0, *_:
                stopped.send(True)
                return


def main():
    quit_signal, stopped = Chan(), Chan[bool]()
    for _ in range(3):
        go(worker, quit_signal, stopped)
    time.sleep(1)
    quit_signal.close()
    for _ in range(3):
        stopped.recv()
    print("all stopped")

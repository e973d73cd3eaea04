"""L149: What is due in the past is due now."""

from gochan import Chan, time


def main():
    time.after(-1).recv()
    print("after")
    time.Timer(-time.HOUR).c.recv()
    print("timer")
    done = Chan[str]()
    time.after_func(-1, lambda: done.send("function"))
    print(done.recv())

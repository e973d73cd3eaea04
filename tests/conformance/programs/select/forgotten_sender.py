"""G61, J106: Without room the late ones stay for ever."""

from gochan import Chan, go, runtime, time


def server(name, delay, answers):
    time.sleep(delay)
    answers.send(name)


def main():
    answers = Chan[str]()
    go(server, "slow", 3, answers)
    go(server, "fast", 1, answers)
    go(server, "middling", 2, answers)
    print(answers.recv())
    time.sleep(5)
    print(runtime.num_goroutine())

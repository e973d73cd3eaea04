"""G61, G53: The first of three answers counts; the others find nobody, but have room."""

from gochan import Chan, go, runtime, time


def server(name, delay, answers):
    time.sleep(delay)
    answers.send(name)


def main():
    answers = Chan[str](3)
    go(server, "slow", 3, answers)
    go(server, "fast", 1, answers)
    go(server, "middling", 2, answers)
    print(answers.recv())
    time.sleep(5)
    print(len(answers), runtime.num_goroutine())

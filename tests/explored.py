"""Programs that the tests of executors explore: other processes import them by name."""

from gochan import Chan, Var, go, sync


def incrementers(number):
    count = Var(0)
    group = sync.WaitGroup()

    def increment():
        count.value += 1

    for _ in range(number):
        group.go(increment)
    group.wait()
    return count.value


def philosophers(number):
    forks = [sync.Mutex() for _ in range(number)]
    group = sync.WaitGroup()

    def dine(left, right):
        with left, right:
            pass

    for seat in range(number):
        group.go(dine, forks[seat], forks[(seat + 1) % number])
    group.wait()


def first_answer():
    answers = Chan()
    for name in ("a", "b", "c"):
        go(answers.send, name)
    return answers.recv()


def reused_group():
    """Is searched a second time, because it is noticed that two goroutines use the group."""
    group = sync.WaitGroup()

    def more():
        group.add(1)
        go(group.done)

    go(more)
    group.wait()

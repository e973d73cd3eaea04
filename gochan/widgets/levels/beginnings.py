"""Goroutines, and who waits for whom."""

from __future__ import annotations

from .level import Level

BEGINNINGS = (
    Level(
        name="early_end",
        title="Main waits for nobody",
        goal="wrong",
        wanted="let the program end before all three have said hello",
        story="Three goroutines say hello, main says bye. You decide who goes next.",
        lesson="When main returns, the program is over, whoever else is still there. Starting a "
        "goroutine promises nothing about when it runs. Somebody has to wait.",
        expect=lambda result: result.output.count("hello") == 3,
        text="""
def main():
    def greet(name):
        print("hello from", name)

    go(greet, "Ada", name="ada")
    go(greet, "Bob", name="bob")
    go(greet, "Cem", name="cem")
    print("bye")
""",
    ),
    Level(
        name="late_add",
        title="Counted too late",
        goal="wrong",
        wanted="make main return exactly 1",
        expect=lambda result: result.value != 1,
        story="Main waits for both workers with a WaitGroup. Each worker adds itself to it. "
        "Sometimes both are missed; miss just one.",
        lesson="Wait lets pass whoever comes while the count is zero. So count up before the `go`, "
        "where it is certain to come before Wait; never inside the goroutine.",
        text="""
def main():
    wg = sync.WaitGroup()
    jobs = atomic.Int(0)

    def worker():
        wg.add(1)
        jobs.add(1)
        wg.done()

    go(worker, name="ann")
    go(worker, name="bob")
    wg.wait()
    return jobs.load()
""",
    ),
    Level(
        name="lost_update",
        title="Two visitors, one visit",
        goal="race",
        story="Each visitor adds one to the counter: it reads the counter, and then it writes.",
        lesson="`hits.value += 1` is a read and a write, and anybody may come in between. Whoever "
        "writes what it computed from an old value wipes out what was written since. A mutex "
        "round both, or an atomic, makes them one.",
        text="""
def main():
    hits = Var(0)
    wg = sync.WaitGroup()

    def visitor():
        hits.value += 1
        wg.done()

    wg.add(2)
    go(visitor, name="ann")
    go(visitor, name="bob")
    wg.wait()
    return hits.value
""",
    ),
)

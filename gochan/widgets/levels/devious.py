"""For those who have won all others."""

from __future__ import annotations

from .level import Level

DEVIOUS = (
    Level(
        name="only_two",
        title="Six makes two",
        goal="wrong",
        wanted="make main return exactly 2",
        expect=lambda result: result.value != 2,
        story="Two goroutines, and each counts to three on one counter. Six, of course; four or "
        "five with bad luck. Make it two.",
        lesson="One old value, written late enough, undoes everything that came since. So a lost "
        "update is no small error that averages out: there is no lower limit worth having.",
        text="""
def main():
    count = Var(0)
    wg = sync.WaitGroup()

    def counter():
        for _ in range(3):
            count.value += 1
        wg.done()

    wg.add(2)
    go(counter, name="ann")
    go(counter, name="bob")
    wg.wait()
    return count.value
""",
    ),
)

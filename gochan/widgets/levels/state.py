"""Locks, conditions and shared maps."""

from __future__ import annotations

from .level import Level

STATE = (
    Level(
        name="ab_ba",
        title="After you",
        goal="deadlock",
        story="Two transfers, in opposite directions. Each locks the account it takes from, and "
        "then the one it gives to.",
        lesson="Each holds what the other one needs: a circle. If all lock in the same order, say "
        "by the accounts' numbers, there can be no circle.",
        text="""
def main():
    rent = sync.Mutex()
    food = sync.Mutex()
    wg = sync.WaitGroup()

    def ann():
        with rent, food:
            print("ann moved it")

    def bob():
        with food, rent:
            print("bob moved it")

    wg.go(ann)
    wg.go(bob)
    wg.wait()
""",
    ),
    Level(
        name="philosophers",
        title="Three hungry philosophers",
        goal="deadlock",
        story="Three philosophers, three forks. Each takes the fork on the left, then the one on "
        "the right.",
        lesson="The circle may be as long as you like. One who takes the right fork first breaks "
        "it; so does a waiter who lets only two of them sit down.",
        text="""
def main():
    forks = [sync.Mutex(f"fork {n}") for n in range(3)]
    wg = sync.WaitGroup()

    def dine(left, right):
        with left, right:
            print("eats")
        wg.done()

    wg.add(3)
    go(dine, forks[0], forks[1], name="ada")
    go(dine, forks[1], forks[2], name="ibn")
    go(dine, forks[2], forks[0], name="kant")
    wg.wait()
""",
    ),
    Level(
        name="missed_signal",
        title="The bell nobody heard",
        goal="deadlock",
        story="The waiter waits for the bell unless the meal is ready. The kitchen makes it ready "
        "and rings, without the lock.",
        lesson="A signal wakes who waits already; nobody remembers it. Whoever changes what is "
        "waited for must hold the lock, so that it can't happen between the look and the wait.",
        text="""
def main():
    mu = sync.Mutex()
    bell = sync.Cond(mu)
    is_ready = Var(False)

    def kitchen():
        is_ready.value = True
        bell.signal()

    go(kitchen)
    with mu:
        while not is_ready.value:
            bell.wait()
    return "served"
""",
    ),
    Level(
        name="check_then_act",
        title="Both had to fetch it",
        goal="wrong",
        wanted="make them fetch the page twice",
        expect=1,
        story="A page is fetched only if it isn't in the cache. The cache is a sync.Map, which is "
        "safe for any number of goroutines.",
        lesson="Each step is safe, the two together are not: between the look and the store "
        "another one looks, too. LoadOrStore, a Once for each page, or one lock round both.",
        text="""
def main():
    cache = sync.Map()
    fetched = atomic.Int(0)
    wg = sync.WaitGroup()

    def get(page):
        _, ok = cache.load(page)
        if not ok:
            fetched.add(1)
            cache.store(page, "text")
        wg.done()

    wg.add(2)
    go(get, "/", name="ann")
    go(get, "/", name="bob")
    wg.wait()
    return fetched.load()
""",
    ),
    Level(
        name="two_in_a_map",
        title="Two in one map",
        goal="panic",
        wanted="bring two goroutines into the map at once, one of them writing",
        story="The writer locks. The reader only looks, so it thinks that it needn't.",
        lesson="A plain map bears one writer and nobody else, or readers only; Go ends the program "
        "when it notices more, and no recover helps. A lock that one side ignores is no lock.",
        text="""
def main():
    stock = Var({"tea": 3})
    mu = sync.Mutex()
    wg = sync.WaitGroup()

    def writer():
        with mu:
            stock["tea"] = 2
        wg.done()

    def reader():
        print(stock["tea"])
        wg.done()

    wg.add(2)
    go(writer)
    go(reader)
    wg.wait()
""",
    ),
)

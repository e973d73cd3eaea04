"""Channels, select, timeouts and leaks."""

from __future__ import annotations

from .level import Level

CHANNELS = (
    Level(
        name="early_taster",
        title="The taster came too early",
        goal="deadlock",
        story="The baker hands over two loaves. Main takes one; the taster takes the other, if "
        "there is one to be had when it looks.",
        lesson="On an unbuffered channel a send needs somebody who receives. Who looks with "
        "`default` and finds nobody goes away, and then nobody is left to take the second loaf.",
        text="""
def main():
    shelf = Chan[int]()
    done = Chan[bool]()

    def baker():
        shelf.send(1)
        shelf.send(2)
        done.send(True)

    def taster():
        select(recv(shelf), default)

    go(baker)
    go(taster)
    shelf.recv()
    done.recv()
""",
    ),
    Level(
        name="letters",
        title="Three letters",
        goal="finish",
        story="Three letters come in a fixed order, and whoever receives next gets the next one. "
        "Who gets a wrong letter is offended and goes. This time you are to help.",
        lesson="A channel delivers in order, but to whoever is there: receivers can't choose. If "
        "it matters who gets what, give each its own channel.",
        text="""
def main():
    post = Chan[str]()
    thanks = Chan[str]()

    def reader(name):
        if post.recv() == name:
            thanks.send(name)

    for name in ("ann", "bob", "cem"):
        go(reader, name, name=name)
    for name in ("cem", "ann", "bob"):
        post.send(name)
    for _ in range(3):
        thanks.recv()
""",
    ),
    Level(
        name="the_last_job",
        title="The last job",
        goal="wrong",
        wanted="let the worker stop with a job left undone",
        expect=2,
        story="The worker takes jobs until main says stop. Both jobs lie ready before main says "
        "so. Where two cases are ready, you draw the lot.",
        lesson="Select takes any of the cases that are ready, with equal chances. It knows no "
        "priority: quit may win over a job that has waited for long. Close the channel of jobs "
        "instead, and a `for` over it sees every one.",
        text="""
def main():
    jobs = Chan[int](2)
    stop = Chan[bool](1)
    total = Chan[int]()

    def worker():
        done = 0
        while select(recv(jobs), recv(stop))[0] == 0:
            done += 1
        total.send(done)

    go(worker)
    jobs.send(1)
    jobs.send(2)
    stop.send(True)
    return total.recv()
""",
    ),
    Level(
        name="roof_first",
        title="The roof is always first",
        goal="deadlock",
        story="The station switches a closed sensor off: first the roof, then the lake, for so "
        "they have always ended. Let the lake be quicker.",
        lesson="A closing belongs to the case that it came from, and only the case's number says "
        "which that is. Each case switches off its own channel, in whatever order they close.",
        text="""
def main():
    roof = Chan[int]()
    lake = Chan[int]()
    sensors = sync.WaitGroup()

    def sensor(feed, degrees):
        feed.send(degrees)
        feed.close()
        sensors.done()

    sensors.add(2)
    go(sensor, roof, 24, name="roof sensor")
    go(sensor, lake, 18, name="lake sensor")
    while roof is not nil or lake is not nil:
        _, _, ok = select(recv(roof), recv(lake))
        if not ok and roof is not nil:
            roof = nil
        elif not ok:
            lake = nil
    sensors.wait()
""",
    ),
    Level(
        name="first_answer",
        title="The first answer wins",
        goal="leak",
        story="Two databases are asked; main takes the first answer and says so by closing `done`. "
        "The other one looks at `done` before it answers.",
        lesson="To look and then to send are two steps: `done` may be closed in between, and then "
        "nobody takes the answer, ever. Put both into one select, send(answers, db) and "
        "recv(done), or give the channel room for every answer.",
        text="""
def main():
    answers = Chan[str]()
    done = Chan[bool]()

    def ask(db):
        is_done, *_ = select(recv(done), default)
        if is_done == 0:
            return
        answers.send(db)

    go(ask, "east", name="east")
    go(ask, "west", name="west")
    first = answers.recv()
    done.close()
    return first
""",
    ),
    Level(
        name="too_late",
        title="Room for one answer",
        goal="leak",
        clock="any",
        story="Two databases are asked. Main waits for one answer, but one second at most; the "
        "other fits into the buffer. Here the clock is yours, too: while main waits, it may go on.",
        lesson="After a timeout nobody takes anything, so there has to be room for every answer. "
        "A buffer that is large enough when all goes well is not large enough.",
        text="""
def main():
    answers = Chan[str](1)

    def query(db):
        answers.send(db)

    go(query, "east", name="east")
    go(query, "west", name="west")
    match select(recv(answers), recv(time.after(1.0))):
        case 0, *_:
            return "answer"
        case _:
            return "timeout"
""",
    ),
    Level(
        name="closed_twice",
        title="The last one closes the door",
        goal="panic",
        story="Each worker sends its result and counts itself. The one who finds that both are "
        "done closes the channel.",
        lesson="To count and to look are two steps, so two workers can both find that they are "
        "the last. A channel is closed once, by one: let a goroutine of its own wait for all "
        "and close.",
        text="""
def main():
    results = Chan[int](2)
    finished = atomic.Int(0)

    def worker(number):
        results.send(number)
        finished.add(1)
        if finished.load() == 2:
            results.close()

    go(worker, 1, name="ann")
    go(worker, 2, name="bob")
    return sum(results)
""",
    ),
    Level(
        name="closing_time",
        title="Closing time",
        goal="panic",
        story="The customer looks whether the shop is open before it sends its order.",
        lesson="To look first does not help if somebody can come in between. Only the sending "
        "side closes a channel; a receiver that has had enough says so on another one.",
        text="""
def main():
    orders = Chan[str](1)
    is_open = atomic.Bool(True)
    wg = sync.WaitGroup()

    def customer():
        if is_open.load():
            orders.send("tea")
        wg.done()

    wg.add(1)
    go(customer)
    is_open.store(False)
    orders.close()
    wg.wait()
""",
    ),
)

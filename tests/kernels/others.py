"""Bugs of Hugo, Knative Serving and Syncthing."""

from gochan import Chan, Var, go, panic, recv, select, sync

from .kernel import kernel, together


@kernel("hugo 3251", kinds={"deadlock"})
def waits_for_a_url_with_the_table(fixed):
    """There is a lock for each URL, in a table with a lock of its own.

    Who waits for a URL keeps the table, and who has the URL needs the table to give it back.
    """
    table = sync.Mutex()
    urls = Var({})

    def lock(url):
        table.lock()
        if url not in urls:
            urls[url] = sync.Mutex()
        one = urls[url]
        if fixed:
            table.unlock()
            one.lock()
        else:
            one.lock()
            table.unlock()

    def unlock(url):
        with table:
            urls[url].unlock()

    def fetch():
        lock("/")
        unlock("/")

    together(fetch, fetch)


@kernel("hugo 5379", kinds={"deadlock"}, expect="a summary")
def initialised_while_initialising(fixed):
    """The content is made once; making it needs the summary, which makes the content first."""
    once = sync.Once()
    content = Var("")

    def make():
        content.value = "a summary, and more"
        if not fixed:
            summary()

    def summary():
        once.do(make)
        return content.value.partition(",")[0]

    return summary()


@kernel("serving 2137", kinds={"deadlock"})
def two_requests_wait_for_each_other(fixed):
    """The breaker has one place; each request holds it until it may go on.

    The test lets them go on in the order in which they were started, which isn't theirs.
    """
    places = Chan(1)
    first, second = Chan(1 if fixed else 0), Chan(1 if fixed else 0)
    group = sync.WaitGroup()

    def request(may_go):
        places.send(None)
        may_go.recv()
        places.recv()

    group.go(request, first)
    group.go(request, second)
    first.send(None)
    second.send(None)
    group.wait()


@kernel("serving 3068", kinds={"race", "wrong"}, expect=3)
def every_test_case_is_the_last(fixed):
    """The cases of a table run in parallel and share the variable of the loop."""
    case = Var(0)
    sums = Chan(2)

    def check(own=None):
        sums.send(case.value if own is None else own)

    for number in (1, 2):
        case.value = number
        go(check, number if fixed else None)
    return sums.recv() + sums.recv()


@kernel("serving 4908", kinds={"panic", "race"})
def logs_when_the_test_is_over(fixed):
    """A goroutine of a test writes to its log, and the test doesn't wait for it."""
    is_over = Var(False)
    ended = Chan(1)

    def log():
        if is_over.value:
            panic("the log of this test is closed")

    def probe():
        log()
        ended.send(None)

    go(probe)
    if fixed:
        ended.recv()
    is_over.value = True
    if not fixed:
        ended.recv()


@kernel("syncthing 4829", kinds={"deadlock"}, expect=0)
def subscribers_read_the_address(fixed):
    """The addresses of a mapping are cleared with its lock, and so are the subscribers told.

    They read the mapping.
    """
    lock = sync.RWMutex()
    addresses = Var(2)

    def notify():
        with lock.rlocker():
            return addresses.value

    def clear():
        with lock:
            addresses.value = 0
            if not fixed:
                notify()
        return notify()

    return clear()


@kernel("syncthing 5795", kinds={"deadlock"})
def closes_from_within(fixed):
    """A loop that meets an error closes its connection, which waits for the loop to end."""
    messages, closed, loop_ended = Chan(1), Chan(), Chan()
    once = sync.Once()

    def close(from_within):
        once.do(closed.close)
        if not (from_within and fixed):
            loop_ended.recv()

    def dispatch():
        match select(recv(messages), recv(closed)):
            case 0, "bad", _:
                close(True)
        loop_ended.close()

    go(dispatch)
    messages.send("bad")
    close(False)

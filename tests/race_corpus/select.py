"""select: the cases of select_test.go."""

from gochan import Chan, Var, default, go, recv, runtime, select, send


def no_race_select_1():
    x, done, ch, other = Var(0), Chan(), Chan(), Chan()

    def sender():
        x.value = 1
        select(send(ch, True), send(other, True))
        done.send(None)

    go(sender)
    select(recv(ch), send(other, True))
    x.value = 2
    done.recv()


def no_race_select_2():
    x, done, ch, other = Var(0), Chan(), Chan(), Chan()

    def receiver():
        select(recv(ch), recv(other))
        x.value = 1
        done.send(None)

    go(receiver)
    x.value = 2
    ch.close()
    runtime.gosched()
    done.recv()


def no_race_select_3():
    x, done, ch, other = Var(0), Chan(), Chan(10), Chan()

    def sender():
        x.value = 1
        select(send(ch, True), recv(other))
        done.send(None)

    go(sender)
    ch.recv()
    x.value = 2
    done.recv()


def no_race_select_4():
    x, queue, done, never = Var(0), Chan(), Chan(1), Chan()

    def worker():
        while True:
            _, task, _ = select(recv(queue))
            task()
            done.send(None)

    go(worker)
    select(send(queue, lambda: setattr(x, "value", 1)), recv(never))
    select(recv(done), recv(never))
    _ = x.value


def no_race_select_5():
    for by_select in (True, False):
        for late in (True, False):
            sender_then_receiver(by_select, late)


def sender_then_receiver(by_select, late):
    x, ch, never, done = Var(0), Chan(), Chan(), Chan(2)

    def sender():
        if late:
            runtime.gosched()
        x.value = 1
        if by_select:
            select(send(ch, True), recv(never))
        else:
            ch.send(True)
        done.send(None)

    def receiver():
        if by_select:
            select(recv(ch), recv(never))
        else:
            ch.recv()
        x.value = 1
        done.send(None)

    go(sender)
    go(receiver)
    done.recv()
    done.recv()


def race_select_1():
    x, done, ch, never = Var(0), Chan(2), Chan(), Chan()

    def receiver():
        ch.recv()
        ch.recv()

    def sender():
        select(send(ch, True), send(never, True))
        x.value = 1
        done.send(None)

    go(receiver)
    go(sender)
    go(sender)
    done.recv()
    done.recv()


def race_select_2():
    x, done, ch, never = Var(0), Chan(), Chan(), Chan()

    def receiver():
        x.value = 1
        select(recv(ch), recv(never))
        done.send(None)

    go(receiver)
    ch.close()
    x.value = 2
    done.recv()


def race_select_3():
    x, done, ch, never = Var(0), Chan(), Chan(), Chan()

    def sender():
        x.value = 1
        select(send(ch, True), send(never, True))
        done.send(None)

    go(sender)
    x.value = 2
    select(recv(ch))
    done.recv()


def race_select_4():
    x, done = Var(0), Chan(1)

    def worker():
        select(default)
        x.value = 2
        done.send(None)

    go(worker)
    _ = x.value
    done.recv()


def race_select_5():
    x, y, done, room, nobody = Var(0), Var(0), Chan(1), Chan(1), Chan()

    def worker():
        chosen, *_ = select(send(room, True), send(nobody, True))
        (x, y)[chosen].value = 1
        done.send(None)

    go(worker)
    _ = x.value
    _ = y.value
    done.recv()

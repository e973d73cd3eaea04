"""Timers and tickers: the cases of time_test.go."""

from gochan import Chan, Var, go, time

MOMENT = time.NANOSECOND


def main_and_timer(start):
    """`start(x, f)` writes `x` and sets a timer that leads to `f`; main writes after `f`."""
    x, ch = Var(0), Chan()

    def f():
        x.value = 1
        ch.send(None)

    start(x, f)
    ch.recv()
    x.value = 3


def after(timer, f):
    """A goroutine's function that waits for the timer."""

    def worker():
        timer.c.recv()
        f()

    return worker


def no_race_after_func():
    def start(x, f):
        x.value = 2
        time.after_func(MOMENT, f)

    main_and_timer(start)


def no_race_after_func_reset():
    def start(x, f):
        timer = time.after_func(time.HOUR, f)
        timer.stop()
        x.value = 2
        timer.reset(MOMENT)

    main_and_timer(start)


def no_race_timer():
    sets_one(time.Timer)


def no_race_timer_reset():
    resets_one(time.Timer)


def no_race_ticker():
    sets_one(time.Ticker)


def no_race_ticker_reset():
    resets_one(time.Ticker)


def sets_one(kind):
    def start(x, f):
        x.value = 2
        go(after(kind(MOMENT), f))

    main_and_timer(start)


def resets_one(kind):
    def start(x, f):
        timer = kind(time.HOUR)
        go(after(timer, f))
        timer.stop()
        x.value = 2
        timer.reset(MOMENT)

    main_and_timer(start)

"""H80: NumGoroutine counts main and those that live; timers are none."""

from gochan import Chan, go, runtime, time


def main():
    c = Chan[int]()
    print(runtime.num_goroutine())
    for _ in range(3):
        go(c.recv)
    time.sleep(1)
    print(runtime.num_goroutine())
    timer, ticker = time.Timer(time.HOUR), time.Ticker(time.HOUR)
    f = time.after_func(time.HOUR, print)
    print(runtime.num_goroutine())
    timer.stop()
    ticker.stop()
    f.stop()
    c.close()
    time.sleep(1)
    print(runtime.num_goroutine())

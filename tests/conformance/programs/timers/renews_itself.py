"""L141: A function that sets its own timer again."""

from gochan import Chan, time


def main():
    count = 0
    done = Chan[bool]()

    def renew():
        nonlocal count
        count += 1
        print("run", count)
        if count == 3:
            done.send(timer.stop())
            return
        timer.reset(count)

    timer = time.after_func(1, renew)
    print(done.recv())

"""E43, E37: To close while another receives is no mistake."""

from gochan import Chan, go, time


def main():
    c, result = Chan[int](), Chan[int]()

    def reader():
        total = 0
        for n in c:
            total += n
            time.sleep(1)
        result.send(total)

    go(reader)
    for n in range(4):
        c.send(n)
    c.close()
    print(result.recv())

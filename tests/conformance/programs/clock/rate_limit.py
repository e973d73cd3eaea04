"""M156, L145: Work at the pace of a ticker."""

from gochan import Chan, time


def main():
    requests = Chan[int](5)
    for n in range(5):
        requests.send(n)
    requests.close()
    limiter = time.tick(200 * time.MILLISECOND)
    for n in requests:
        limiter.recv()
        print("request", n)

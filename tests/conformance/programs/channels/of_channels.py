"""A4, B13: A request carries the channel for its answer."""

from gochan import Chan, go


def serve(requests):
    for number, answer in requests:
        answer.send(number * 10)


def main():
    requests = Chan()
    go(serve, requests)
    for i in range(3):
        answer = Chan[int]()
        requests.send((i, answer))
        print(answer.recv())

"""M156: The clock jumps to the next timer when all wait: six hours pass at once."""

from gochan import Chan, time


def main():
    start = time.now()
    for _ in range(3):
        time.sleep(2 * time.HOUR)
        print(round(time.since(start) / time.MILLISECOND))
    Chan[int]().recv()

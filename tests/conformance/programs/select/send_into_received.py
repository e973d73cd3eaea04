"""G71: A value is sent into the channel that was received just before."""

from gochan import Chan


def main():
    channels = Chan(1)
    c = Chan[int](1)
    channels.send(c)
    channels.recv().send(2)
    print(c.recv())

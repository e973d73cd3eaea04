"""A4: A channel equals itself alone, and is the key of a map."""

from gochan import Chan


def main():
    a, b = Chan[int](), Chan[int]()
    same = a
    print(a == same, a == b)
    names = {a: "a", b: "b"}
    print(names[same], names[b], len(names))

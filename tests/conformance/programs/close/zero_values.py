"""E33: The zero value is that of the element type."""

from gochan import Chan


def main():
    numbers, words, flags = Chan[int](), Chan[str](), Chan[bool]()
    pointers = Chan[object]()
    numbers.close()
    words.close()
    flags.close()
    pointers.close()
    print(numbers.recv(), "[" + words.recv() + "]", flags.recv(), pointers.recv())

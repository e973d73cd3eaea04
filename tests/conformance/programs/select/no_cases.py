"""G59, K121: A select without cases blocks for ever."""

from gochan import select


def main():
    select()

"""What the command lines of `python -m gochan.…` have in common."""

from __future__ import annotations

import argparse


def parser_of(module: str, doc: str | None) -> argparse.ArgumentParser:
    """For a module that is run as a command; its help is the module's docstring."""
    summary, _, more = (doc or "").partition("\n\n")
    return argparse.ArgumentParser(
        prog=f"python -m {module}", description=summary, epilog=" ".join(more.split())
    )


def count(text: str) -> int:
    """A whole number from 1 on.

    Raises argparse.ArgumentTypeError for all else, which argparse shows to the person.
    """
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1 on, not {text!r}")
    return number

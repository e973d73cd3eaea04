"""The words of a Go program: enough to know what stands at its top level, and what it names.

Source: the Go specification, "Lexical elements".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME, NUMBER, STRING, SIGN, END = "name", "number", "string", "sign", "end"

_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\r\f\v]+ | //[^\n]* )
  | (?P<comment>/\*.*?(?:\*/|\Z) )
  | (?P<newline>\n)
  | (?P<string>`[^`]*(?:`|\Z) | "(?:\\.|[^"\\\n])*"? | '(?:\\.|[^'\\\n])*'? )
  | (?P<number>\.?[0-9](?:[eEpP][+-]|[0-9a-zA-Z_.])* )
  | (?P<name>[^\W\d]\w* )
  | (?P<sign>\+\+ | -- | := | <- | && | \|\| | \.\.\. | . )
    """,
    re.VERBOSE | re.DOTALL,
)
# A line's end ends a statement after one of these.
_ENDING = {"break", "continue", "fallthrough", "return"}
_OTHERS = """
    case chan const default defer else for func go goto if import interface map package range select
    struct switch type var
"""
_KEYWORDS = _ENDING.union(_OTHERS.split())
_OPENING, _CLOSING = set("([{"), set(")]}")


@dataclass(frozen=True)
class Token:
    """A word: its kind, its text, where it begins and ends."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def is_keyword(self) -> bool:
        """Whether Go keeps this name for itself."""
        return self.kind == NAME and self.text in _KEYWORDS


@dataclass(frozen=True)
class Item:
    """A declaration or statement at the top level: its words, without the end of its line."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end

    @property
    def texts(self) -> list[str]:
        """The words' texts."""
        return [token.text for token in self.tokens]


def tokens(source: str) -> Iterator[Token]:
    """All words, with the ends of statements, as Go's own lexer finds them."""
    last: Token | None = None
    for found in _TOKEN.finditer(source):
        kind, text = str(found.lastgroup), found[0]
        if kind == "blank" or (kind == "comment" and "\n" not in text):
            continue
        if kind in ("comment", "newline"):
            if last is not None and _ends(last):
                last = None
                yield Token(END, text, found.start(), found.start())
            continue
        last = Token(kind, text, found.start(), found.end())
        if text == ";" and kind == SIGN:
            last = None
            yield Token(END, text, found.start(), found.end())
        else:
            yield Token(kind, text, found.start(), found.end())


def _ends(token: Token) -> bool:
    if token.kind == NAME:
        return not token.is_keyword or token.text in _ENDING
    return token.kind in (NUMBER, STRING) or token.text in {"++", "--", ")", "]", "}"}


def items(source: str) -> list[Item]:
    """What stands at the top level, in order."""
    found: list[Item] = []
    row: list[Token] = []
    depth = 0
    for token in tokens(source):
        if token.kind == SIGN:
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.kind != END:
            row.append(token)
        elif depth <= 0 and row:
            found.append(Item(tuple(row)))
            row = []
    return [*found, Item(tuple(row))] if row else found

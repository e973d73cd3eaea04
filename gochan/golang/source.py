"""A cell becomes a Go program: a package clause, imports and a main where they are missing.

Whatever is added, every line of the cell keeps its number, so that Go's messages name the cell's
lines: additions stand on lines that are there, and `/*line*/` says where the next word is from.

Source: `go doc compile`, "Compiler Directives".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from . import packages
from .lexer import NAME, STRING, Item, Token, items
from .result import BadInput

FILE = "cell.go"
EMPTY = "the cell is empty: below %%go stands a Go program, or only what its main is to do"


class Rejected(Exception):
    """What Go would refuse, said before it is asked: a sentence, and the line it is about."""

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Cell:
    """What a cell holds: its text, its top level, the packages it imports and those it names."""

    text: str
    items: tuple[Item, ...]

    @property
    def words(self) -> list[Token]:
        """All its words."""
        return [token for item in self.items for token in item.tokens]

    @property
    def imported(self) -> dict[str, str]:
        """The import paths by the names that stand for them."""
        return {
            name: path for item in self.items if _is_import(item) for name, path in _imports(item)
        }

    def uses(self) -> dict[str, set[str]]:
        """The names that stand before a dot and an exported name, with what follows them."""
        found: dict[str, set[str]] = {}
        words = [Token(NAME, "", 0, 0), *self.words]
        for before, name, dot, member in zip(words, words[1:], words[2:], words[3:], strict=False):
            if (
                name.kind == member.kind == NAME
                and dot.text == "."
                and before.text != "."
                and member.text[:1].isupper()
            ):
                found.setdefault(name.text, set()).add(member.text)
        return found

    def missing(self) -> dict[str, str]:
        """Packages of the standard library that it names and doesn't import: paths by name."""
        imported = self.imported
        paths = {
            name: packages.path_of(name, members)
            for name, members in self.uses().items()
            if name not in imported
        }
        return {name: path for name, path in paths.items() if path is not None}

    def declares(self, name: str) -> bool:
        """Whether it has a function of this name at its top level."""
        return any(item.texts[:2] == ["func", name] for item in self.items)

    def line(self, at: int) -> int:
        """The number of the line of a character."""
        return self.text.count("\n", 0, at) + 1

    def position(self, at: int) -> str:
        """A directive: here begins what stands there in the cell."""
        line_start = self.text.rfind("\n", 0, at) + 1
        column = len(self.text[line_start:at].encode()) + 1
        return f"/*line {FILE}:{self.line(at)}:{column}*/"


def read(source: object) -> Cell:
    """A cell's text, checked.

    Raises TypeError if it is no str, and BadInput for what can't be a program at all.
    """
    if not isinstance(source, str):
        raise TypeError(f"a Go program is a str, not {type(source).__name__}")
    text = source.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise BadInput(EMPTY)
    for number, line in enumerate(text.split("\n"), 1):
        if "\0" in line:
            raise BadInput(f"line {number} holds a NUL character, which Go doesn't take")
        if any("\ud800" <= character <= "\udfff" for character in line):
            raise BadInput(f"line {number} can't be written as UTF-8, as Go wants its programs")
    found = items(text)
    if not found:
        raise BadInput("the cell holds only comments: there is nothing to run")
    return Cell(text, tuple(found))


def program(cell: Cell, imports: Collection[str], *, test: bool = False) -> str:
    """The whole program, with these import paths added; `test`: a file of benchmarks.

    Raises Rejected.
    """
    _check_imports(cell)
    added = "".join(f'; import "{path}"' for path in sorted(imports))
    first = cell.items[0]
    if first.texts[0] == "package":
        _check_package(cell, first)
        if not test and not cell.declares("main"):
            raise Rejected("there is no func main, with which a program begins", _last_line(cell))
        rest = cell.position(first.end) + cell.text[first.end :]
        return f"{cell.text[: first.end]}{added}{rest}" if added else cell.text
    statements = [item for item in cell.items if not _is_declaration(item)]
    if statements and not test and not cell.declares("main"):
        return _with_main(cell, added, statements[0])
    if not test and not cell.declares("main"):
        raise Rejected(
            "there is no func main and no statement: nothing here would be run", _last_line(cell)
        )
    return f"package main{added}; {cell.position(0)}{cell.text}"


def _with_main(cell: Cell, added: str, first_statement: Item) -> str:
    """Functions, types and imports go to the top level, the rest into main."""
    functions = any(item.texts[0] == "func" for item in cell.items if _is_declaration(item))
    outside = [
        item
        for item in cell.items
        if _is_declaration(item)
        and (item.texts[0] != "var" or (functions and item.start < first_statement.start))
    ]
    outside.sort(key=lambda item: not _is_import(item))  # imports come first
    inside = cell.text
    for item in outside:
        blank = re.sub(r"[^\n]", " ", cell.text[item.start : item.end])
        inside = inside[: item.start] + blank + inside[item.end :]
    top = "".join(
        f"{cell.position(item.start)}{cell.text[item.start : item.end]}\n" for item in outside
    )
    return f"package main{added}\n{top}func main() {{ {cell.position(0)}{inside}\n}}\n"


def _is_declaration(item: Item) -> bool:
    words = item.texts
    if words[0] != "func":
        return words[0] in {"import", "type", "const", "var"}
    if len(words) > 1 and words[1] != "(":
        return True
    return _is_method(words)


def _is_method(words: list[str]) -> bool:
    """`func (r T) Name(` and not a function without a name, which is a statement's beginning."""
    depth = 0
    for at, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if at and not depth:
            after = words[at + 1 : at + 3]
            return len(after) == 2 and after[0].isidentifier() and after[1] == "("
    return False


def _is_import(item: Item) -> bool:
    return item.texts[0] == "import"


def _imports(item: Item) -> list[tuple[str, str]]:
    """The names and paths of an import declaration."""
    found = []
    before = ""
    for token in item.tokens[1:]:
        if token.kind == STRING:
            path = token.text[1:-1]
            parts = [part for part in path.split("/") if not re.fullmatch(r"v\d+", part)]
            found.append((before or (parts[-1] if parts else path), path))
        before = token.text if token.kind == NAME or token.text == "." else ""
    return found


def _check_package(cell: Cell, clause: Item) -> None:
    name = clause.texts[1] if len(clause.texts) > 1 else ""
    if name and name != "main":
        raise Rejected(
            f"a program is package main; package {name} would be a part for other programs",
            cell.line(clause.start),
        )


def _check_imports(cell: Cell) -> None:
    for item in filter(_is_import, cell.items):
        for token in item.tokens:
            path = token.text[1:-1] if token.kind == STRING else ""
            if path == "C":
                raise Rejected('import "C" would need a C compiler', cell.line(token.start))
            if "." in path.split("/")[0]:
                raise Rejected(
                    f"{path} is not in Go's standard library, and only that is here: "
                    "nothing is fetched from the network",
                    cell.line(token.start),
                )


def _last_line(cell: Cell) -> int:
    return cell.line(cell.items[-1].end)

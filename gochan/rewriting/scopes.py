"""Which variable a name means: each scope's own names, and what it declares nonlocal or global.

Source: The Python Language Reference, "Naming and binding"; CPython's Python/symtable.c.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
E = TypeVar("E", bound=ast.AST)


class Scope:
    """A module, class, function, lambda or comprehension.

    `bound` are the names that get a value here, `shared` those of its variables whose accesses are
    to be seen, `private_to` is the class around it. Names are as Python stores them: `__x` in a
    class C is `_C__x`.
    """

    def __init__(self, node: ast.AST, parent: Scope | None) -> None:
        self.node = node
        self.parent = parent
        self.bound: set[str] = set()
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.shared: set[str] = set()
        self.private_to: str = parent.private_to if parent is not None else ""
        if isinstance(node, ast.ClassDef):
            self.private_to = node.name.lstrip("_")

    def stored(self, name: str) -> str:
        """A name as Python stores it."""
        is_private = name.startswith("__") and not name.endswith("__")
        return f"_{self.private_to}{name}" if is_private and self.private_to else name

    def bind(self, name: str) -> None:
        """The name gets a value here."""
        self.bound.add(self.stored(name))

    def owner(self, stored: str) -> Scope:
        """The scope whose variable the name means here; the module's also for a builtin."""
        scope = self
        while scope.parent is not None:
            if scope is self or not isinstance(scope.node, ast.ClassDef):
                if stored in scope.globals:
                    return scope.module()
                if stored in scope.bound - scope.nonlocals:
                    return scope
            scope = scope.parent
        return scope

    def module(self) -> Scope:
        """The outermost scope."""
        return self if self.parent is None else self.parent.module()

    def is_inside(self, other: Scope) -> bool:
        """Whether this is the other scope or part of it."""
        return self is other or (self.parent is not None and self.parent.is_inside(other))


class Walker(ast.NodeTransformer):
    """Visits every node with `scope` as the scope that it belongs to.

    Annotations are left out: nothing at run time depends on them.
    """

    def __init__(self, scopes: dict[ast.AST, Scope], scope: Scope) -> None:
        self.scopes = scopes
        self.scope = scope

    @contextmanager
    def inside(self, node: ast.AST) -> Iterator[None]:
        """Visits what is in the scope that a node opens."""
        outer = self.scope
        if node not in self.scopes:
            self.scopes[node] = Scope(node, outer)
        self.scope = self.scopes[node]
        try:
            yield
        finally:
            self.scope = outer

    def each(self, nodes: Sequence[E]) -> list[E]:
        """Visits nodes; a statement may become several."""
        result: list[E] = []
        for node in nodes:
            visited = self.visit(node)
            result += visited if isinstance(visited, list) else [visited]
        return result

    def visit_FunctionDef(self, node: Function) -> ast.AST:
        node.decorator_list = self.each(node.decorator_list)
        self._visit_defaults(node.args)
        with self.inside(node):
            self.visit_body(node)
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - as above

    def visit_body(self, node: Function) -> None:
        """Visits what is inside a function."""
        node.body = self.each(node.body)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._visit_defaults(node.args)
        with self.inside(node):
            node.body = self.visit(node.body)
        return node

    def _visit_defaults(self, args: ast.arguments) -> None:
        args.defaults = self.each(args.defaults)
        args.kw_defaults = [value and self.visit(value) for value in args.kw_defaults]

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = self.each(node.decorator_list)
        node.bases = self.each(node.bases)
        node.keywords = self.each(node.keywords)
        with self.inside(node):
            node.body = self.each(node.body)
        return node

    def _visit_comprehension(self, node: Comprehension) -> ast.AST:
        first = node.generators[0]
        first.iter = self.visit(first.iter)  # belongs to the scope around it
        with self.inside(node):
            first.target = self.visit(first.target)
            first.ifs = self.each(first.ifs)
            node.generators[1:] = self.each(node.generators[1:])
            if isinstance(node, ast.DictComp):
                node.key, node.value = self.visit(node.key), self.visit(node.value)
            else:
                node.elt = self.visit(node.elt)
        return node

    visit_ListComp = _visit_comprehension  # noqa: N815
    visit_SetComp = _visit_comprehension  # noqa: N815
    visit_DictComp = _visit_comprehension  # noqa: N815
    visit_GeneratorExp = _visit_comprehension  # noqa: N815

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.target = self.visit(node.target)
        node.value = node.value and self.visit(node.value)
        return node

    def visit_TypeAlias(self, node: Any) -> Any:  # from Python 3.12 on
        self.scope.bind(node.name.id)
        return node


class _Binder(Walker):
    """Notes what each scope binds and declares."""

    def visit_FunctionDef(self, node: Function) -> ast.AST:
        self.scope.bind(node.name)
        return super().visit_FunctionDef(node)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_body(self, node: Function) -> None:
        self._bind_parameters(node.args)
        super().visit_body(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        with self.inside(node):
            self._bind_parameters(node.args)
        return super().visit_Lambda(node)

    def _bind_parameters(self, args: ast.arguments) -> None:
        for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]:
            if arg is not None:
                self.scope.bind(arg.arg)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.scope.bind(node.name)
        return super().visit_ClassDef(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if not isinstance(node.ctx, ast.Load):
            self.scope.bind(node.id)
        return node

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.AST:
        scope = self.scope
        while isinstance(scope.node, Comprehension) and scope.parent is not None:
            scope = scope.parent
        scope.bind(node.target.id)
        node.value = self.visit(node.value)
        return node

    def visit_alias(self, node: ast.alias) -> ast.AST:
        self.scope.bind(node.asname or node.name.partition(".")[0])
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        return self._bind_and_visit(node, node.name)

    def visit_MatchAs(self, node: ast.MatchAs) -> ast.AST:
        return self._bind_and_visit(node, node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> ast.AST:
        return self._bind_and_visit(node, node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> ast.AST:
        return self._bind_and_visit(node, node.rest)

    def _bind_and_visit(self, node: ast.AST, name: str | None) -> ast.AST:
        if name is not None:
            self.scope.bind(name)
        return self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> ast.AST:
        self.scope.globals.update(map(self.scope.stored, node.names))
        return node

    def visit_Nonlocal(self, node: ast.Nonlocal) -> ast.AST:
        self.scope.nonlocals.update(map(self.scope.stored, node.names))
        return node


def scopes_of(tree: ast.Module) -> dict[ast.AST, Scope]:
    """Every scope of a program, by the node that opens it."""
    module = Scope(tree, None)
    scopes: dict[ast.AST, Scope] = {tree: module}
    _Binder(scopes, module).generic_visit(tree)
    return scopes

"""Vars whose value stays where Python keeps it: in a function's cell, or among the globals."""

from __future__ import annotations

import builtins
from types import CellType, FunctionType
from typing import Any
from weakref import WeakValueDictionary

from ..runtime.event import WRITE, enter, tell, watching
from ..runtime.shown import Shown
from ..variables import WRITING, Var

NOTHING = Shown("nothing")  # what is written by `del`


class PlainVariable(Var[Any]):
    """What rewritten code uses in the place of a name; `_value` is the plain variable itself.

    Inside a function whose own variable it is, `local` stands for `value`: what has no value yet is
    then an UnboundLocalError, as in Python.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._reads = 0
        self._inside = []

    @property
    def _value(self) -> Any:
        raise NotImplementedError

    @_value.setter
    def _value(self, value: Any) -> None:
        raise NotImplementedError

    def _remove(self) -> None:
        raise NotImplementedError

    @property
    def local(self) -> Any:
        """What it holds now."""
        try:
            return self.value
        except NameError:
            raise self._unbound_local() from None

    @local.setter
    def local(self, value: Any) -> None:
        self.value = value

    def _unbound_local(self) -> UnboundLocalError:
        return UnboundLocalError(
            f"cannot access local variable '{self.name}' where it is not associated with a value"
        )

    def assign(self, value: Any) -> Any:
        """Writes, and returns what was written, as `:=` does."""
        self.value = value
        return value

    def announce(self, value: Any) -> Any:
        """Tells a write that Python itself does as soon as this returns: `def` and `class` do."""
        if watching.on:
            enter(WRITE, self)
            tell(WRITE, self, value)
        self._count(WRITING)
        return value

    def delete(self) -> None:
        """Leaves it without a value, as `del` does."""
        if watching.on:
            enter(WRITE, self)
        _ = self._value  # raises if there is none
        self._forget()

    def delete_local(self) -> None:
        """`delete`, in the function whose variable it is."""
        try:
            self.delete()
        except NameError:
            raise self._unbound_local() from None

    def end_except(self) -> None:
        """At the end of `except ... as name`, the name has no value, whatever was done to it."""
        if watching.on:
            enter(WRITE, self)
        self._value = None
        self._forget()

    def _forget(self) -> None:
        if watching.on:
            tell(WRITE, self, NOTHING)
        self._remove()
        self._count(WRITING)

    def __repr__(self) -> str:
        return f"<shared variable {self.name}>"


class CellVariable(PlainVariable):
    """A function's variable that functions inside it use too."""

    def __init__(self, name: str, cell: CellType) -> None:
        super().__init__(name)
        self._cell = cell

    @property
    def _value(self) -> Any:
        try:
            return self._cell.cell_contents
        except ValueError:
            raise NameError(
                f"cannot access free variable '{self.name}' where it is not associated with a "
                "value in enclosing scope",
                name=self.name,
            ) from None

    @_value.setter
    def _value(self, value: Any) -> None:
        self._cell.cell_contents = value

    def _remove(self) -> None:
        del self._cell.cell_contents


class GlobalVariable(PlainVariable):
    """A variable of a module or of a notebook."""

    def __init__(self, name: str, namespace: dict[str, Any]) -> None:
        super().__init__(name)
        self._key = name
        self._namespace = namespace

    @property
    def _value(self) -> Any:
        try:
            return self._namespace[self._key]
        except KeyError:
            pass
        try:
            return vars(builtins)[self._key]
        except KeyError:
            raise NameError(f"name '{self.name}' is not defined", name=self.name) from None

    @_value.setter
    def _value(self, value: Any) -> None:
        self._namespace[self._key] = value

    def _remove(self) -> None:
        if self._key not in self._namespace:
            raise NameError(f"name '{self.name}' is not defined", name=self.name)
        del self._namespace[self._key]


# Several functions may each be rewritten, and share a variable of the function around them: for all
# of them it is one Var. Each holds its cell, so that no other cell can have the same id meanwhile.
_of_cell: WeakValueDictionary[int, CellVariable] = WeakValueDictionary()


def cell_variable(name: str, reader: FunctionType) -> CellVariable:
    """The Var of the one variable that the function `reader` closes over."""
    (cell,) = reader.__closure__ or ()
    found = _of_cell.get(id(cell))
    if found is None:
        found = _of_cell[id(cell)] = CellVariable(name, cell)
    return found

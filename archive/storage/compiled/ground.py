"""The ground of the compiled code: how functions are compiled, segments read by address, numbers mixed and sorted.

Segments are read by address because numba compiles anew for every number of arrays, and an archive has any number of
segments; whoever calls keeps the arrays alive. Compiled code is kept where Python keeps its own (``__pycache__``, or
numba's folder in the user's cache).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.numpy_support import carray

from archive.storage.worth import DOUBLE, LOGARITHMS

Numbers = npt.NDArray[np.int64]
_Function = TypeVar("_Function", bound=Callable[..., object])

whole = cast("Callable[[int], int]", np.int64)
"""A number of 64 bits like any other: of a constant alone, numba would compile all that it is handed to once more."""
viewed = cast("Callable[[object, tuple[int, ...]], npt.NDArray[Any]]", carray)
"""The array of some shape at a pointer."""

_pointer_to = cast("Callable[[types.Type], Callable[[types.Type], object]]", types.CPointer)
_function_of = cast("Callable[[ir.Module, ir.FunctionType, str], ir.Function]", cgutils.get_or_insert_function)

MASK = 0xFFFFFFFF
_FIRST = 0x9E3779B1
_SECOND = 0x85EBCA6B
_THIRD = 0xC2B2AE35
_STEP_BITS = 12
_WHOLE = 64
_LOGARITHMS = LOGARITHMS.astype(np.uint16)
"""In a quarter of the memory."""


def compiled(function: _Function) -> _Function:
    """The function as machine code, which runs without the interpreter's lock."""
    return cast(_Function, njit(nogil=True, error_model="numpy")(function))


def _reading(bits: int) -> Callable[[int, int], int]:
    def typed(_context: object, address: object, place: object) -> object:
        def code(context: object, builder: ir.IRBuilder, _signature: object, arguments: list[ir.Value]) -> ir.Value:
            kind = ir.IntType(bits)
            pointer = builder.inttoptr(arguments[0], kind.as_pointer())
            number = builder.load(builder.gep(pointer, [arguments[1]]))
            return number if bits == _WHOLE else builder.zext(number, ir.IntType(_WHOLE))

        return types.int64(types.int64, types.int64), code

    return cast("Callable[[int, int], int]", intrinsic(typed))


def _pointing(kind: types.Type, bits: int) -> Callable[[int], object]:
    def typed(_context: object, address: object) -> object:
        def code(_c: object, builder: ir.IRBuilder, _signature: object, arguments: list[ir.Value]) -> ir.Value:
            held = ir.IntType(bits) if kind is not types.float64 else ir.DoubleType()
            return builder.inttoptr(arguments[0], held.as_pointer())

        return _pointer_to(kind)(types.int64), code

    return cast("Callable[[int], object]", intrinsic(typed))


numbers_from = _pointing(types.int64, 64)
"""A pointer to the numbers that begin at an address: of 64 bits, of 32, of 16, and fractions."""
small_from = _pointing(types.int32, 32)
smaller_from = _pointing(types.uint16, 16)
fractions_from = _pointing(types.float64, 64)


def _zeros(_context: object, _number: object) -> object:
    def code(_c: object, builder: ir.IRBuilder, _signature: object, arguments: list[ir.Value]) -> ir.Value:
        return builder.ctlz(arguments[0], ir.IntType(1)(1))

    return types.int64(types.int64), code


_zeros_before = cast("Callable[[int], int]", intrinsic(_zeros))
"""How many zeros stand before the first one of a number of 64 bits."""


number_at = _reading(32)
"""The number of 32 bits at that place of the array that begins at the address."""
number_of_64 = _reading(64)
"""The same of 64 bits."""
half_at = _reading(16)
"""The same of 16 bits."""


def _fetching(bits: int) -> Callable[[int, int], None]:
    def typed(_context: object, address: object, place: object) -> object:
        def code(_c: object, builder: ir.IRBuilder, _signature: object, arguments: list[ir.Value]) -> ir.Value:
            byte, number = ir.IntType(8), ir.IntType(32)
            pointer = builder.inttoptr(arguments[0], ir.IntType(bits).as_pointer())
            at = builder.bitcast(builder.gep(pointer, [arguments[1]]), byte.as_pointer())
            kind = ir.FunctionType(ir.VoidType(), [byte.as_pointer(), number, number, number])
            fetch = _function_of(builder.module, kind, "llvm.prefetch.p0i8")
            builder.call(fetch, [at, number(0), number(3), number(1)])
            return ir.Constant(ir.IntType(64), 0)

        return types.int64(types.int64, types.int64), code

    return cast("Callable[[int, int], None]", intrinsic(typed))


fetch_number = _fetching(32)
"""Have the processor fetch the line of memory with that number of 32 bits, while it does other work."""
fetch_half = _fetching(16)
"""The same of 16 bits."""


@compiled
def logarithm(number: int) -> int:
    """As ``worth.logarithms``, of one number."""
    exponent = 63 - _zeros_before(number)
    step = ((number << _STEP_BITS) >> exponent) & ((1 << _STEP_BITS) - 1)
    found: int = exponent * DOUBLE + whole(_LOGARITHMS[step])
    return found


@compiled
def mixed(key: int) -> int:
    """As ``postings`` mixes keys."""
    key = ((key ^ (key >> 16)) * _SECOND) & MASK
    key = ((key ^ (key >> 13)) * _THIRD) & MASK
    return key ^ (key >> 16)


@compiled
def pair(first: int, second: int) -> int:
    """The key of two words in a row."""
    return mixed(((first * _FIRST) & MASK) ^ ((second + _SECOND) & MASK))


@compiled
def triple(first: int, second: int, third: int) -> int:
    """The key of three words in a row."""
    early = mixed(((first * _FIRST) & MASK) ^ ((second + _THIRD) & MASK))
    return mixed(((early * _SECOND) & MASK) ^ third)


@compiled
def half(word: int) -> int:
    """Sixteen bits of a word, as ``postings.halves``."""
    return ((word * _FIRST) & MASK) >> 16


@compiled
def sort(numbers: Numbers, count: int) -> None:
    """Put the first so many numbers in ascending order (Shell 1959, with the gaps of Ciura 2001)."""
    for gap in (1750, 701, 301, 132, 57, 23, 10, 4, 1):
        for place in range(gap, count):
            number = numbers[place]
            at = place
            while at >= gap and numbers[at - gap] > number:
                numbers[at] = numbers[at - gap]
                at -= gap
            numbers[at] = number


@compiled
def distinct(numbers: Numbers, count: int) -> int:
    """Put the first so many numbers in ascending order, each once; how many those are."""
    sort(numbers, count)
    kept = 0
    for place in range(count):
        if kept == 0 or numbers[place] != numbers[kept - 1]:
            numbers[kept] = numbers[place]
            kept += 1
    return kept


@compiled
def first_from(numbers: int, wanted: int, bounds: tuple[int, int]) -> int:
    """The first place from the lower bound on that holds ``wanted`` or more, in leaps: it is mostly near."""
    low, end = bounds
    step = 1
    while low + step < end and number_at(numbers, low + step) < wanted:
        low += step
        step <<= 1
    high = min(low + step, end)
    while low < high:
        middle = (low + high) >> 1
        if number_at(numbers, middle) < wanted:
            low = middle + 1
        else:
            high = middle
    return low

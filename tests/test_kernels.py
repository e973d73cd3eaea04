"""Kernels of real bugs: each shows what is wrong with it, and its correction nothing at all."""

from collections import Counter
from pathlib import Path

import kernels
import pytest
from kernels import cockroach, docker, etcd, grpc, istio, kubernetes, misuses, others
from kernels.kernel import KERNELS

from gochan import explore

pytestmark = pytest.mark.long

FAMILIES = (cockroach, docker, etcd, grpc, istio, kubernetes, misuses, others)

each_kernel = pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)


def verdicts(main, expect):
    """The kinds of failure that some schedule of the program ends in."""
    found = explore(main, expect=expect)
    assert found.complete
    return {kind for kind, _ in found.outcomes} - {"ok"}


@each_kernel
def test_the_bug_shows(kernel):
    assert verdicts(kernel.buggy, kernel.expect) == kernel.kinds


@each_kernel
def test_nothing_is_wrong_once_it_is_fixed(kernel):
    assert verdicts(kernel.fixed, kernel.expect) == set()


def test_every_kernel_has_an_explanation_and_the_value_that_a_wrong_one_differs_from():
    assert [kernel.name for kernel in KERNELS if not kernel.program.__doc__] == []
    unchecked = [kernel for kernel in KERNELS if "wrong" in kernel.kinds and kernel.expect is None]
    assert unchecked == []


def test_no_two_kernels_have_one_name_or_one_bug():
    for names in ([k.name for k in KERNELS], [k.modelled_on for k in KERNELS]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_file_of_kernels_is_a_family():
    files = {path.stem for path in Path(kernels.__path__[0]).glob("*.py")}
    assert files == {family.__name__.rpartition(".")[2] for family in FAMILIES} | {"kernel"}

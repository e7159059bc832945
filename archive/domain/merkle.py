"""Merkle trees as RFC 9162 builds them: roots, inclusion proofs and consistency proofs over leaf hashes of 32 bytes.

Pure functions; the custody log and every batch of snapshots are such trees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf's data: SHA-256 of ``0x00 || data``."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256 of ``0x01 || left || right``."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of leaf hashes (RFC 9162, 2.1.1); the hash of nothing for an empty tree."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of leaf ``index``, from its sibling upwards (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < len(leaves):
        raise ValueError("no such leaf")
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level = _next_level(level)
        index //= 2
    return tuple(path)


def proves_inclusion(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` proves that ``leaf`` is leaf ``index`` of the tree of ``size`` leaves with that root."""
    if not 0 <= index < size:
        return False
    node, last, steps = leaf, size - 1, list(path)
    while last > 0:
        if index % 2 or index != last:
            if not steps:
                return False
            sibling = steps.pop(0)
            node = node_hash(sibling, node) if index % 2 else node_hash(node, sibling)
        index, last = index // 2, last // 2
    return not steps and node == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The proof that the tree of the first ``old_size`` leaves is the beginning of this one (RFC 9162, 2.1.4.1).

    Empty for an empty old tree and for the same tree. ValueError where the old tree is longer than this one.
    """
    if not 0 <= old_size <= len(leaves):
        raise ValueError("no such earlier tree")
    if old_size in (0, len(leaves)):
        return ()
    return tuple(_subproof(leaves, old_size, whole=True))


def proves_consistency(
    *, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether ``path`` proves that the tree of ``new_size`` leaves begins with the tree of ``old_size`` leaves.

    RFC 9162, 2.1.4.2. Any tree begins with the empty one, and with itself.
    """
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:
        return old_root == EMPTY and not path
    if old_size == new_size:
        return old_root == new_root and not path
    return _roots_by_path(old_size, new_size, path=path, old_root=old_root) == (old_root, new_root)


def grown(subtrees: Sequence[bytes], leaf: bytes, *, size: int) -> list[bytes]:
    """The roots of the complete subtrees, largest first, after one more leaf than ``size``."""
    longer, node = list(subtrees), leaf
    while size & 1:
        node = node_hash(longer.pop(), node)
        size >>= 1
    return [*longer, node]


def root_of_subtrees(subtrees: Sequence[bytes]) -> bytes:
    """The root of a tree from the roots of its complete subtrees, largest first."""
    if not subtrees:
        return EMPTY
    root = subtrees[-1]
    for subtree in reversed(subtrees[:-1]):
        root = node_hash(subtree, root)
    return root


def _next_level(level: Sequence[bytes]) -> list[bytes]:
    paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return paired + ([level[-1]] if len(level) % 2 else [])


def _subproof(leaves: Sequence[bytes], old_size: int, *, whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = leaves[:split], leaves[split:]
    if old_size <= split:
        return [*_subproof(left, old_size, whole=whole), root_of(right)]
    return [*_subproof(right, old_size - split, whole=False), root_of(left)]


def _roots_by_path(
    old_size: int, new_size: int, *, path: Sequence[bytes], old_root: bytes
) -> tuple[bytes, bytes] | None:
    """The roots of both trees as the path rebuilds them; None where it is too short or too long."""
    # A path to an old tree that is one complete subtree leaves that subtree's root out: it is the old root.
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    first, last = old_size - 1, new_size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    if not steps:
        return None
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if first & 1 or first == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            new = node_hash(new, step)
        first, last = first >> 1, last >> 1
    return (old, new) if last == 0 else None

"""YAML as plain text values with line numbers: no types guessed (``no`` is a word, 0123 a text), no aliases.

Aliases are refused because a few lines of them unfold into millions of values.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from archive.errors import InvalidInputError

_LARGEST = 20_000_000
_DEEPEST = 20
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Lined:
    """A value and the line it begins on: text, None, a list of such, or a mapping to such."""

    value: str | list[Lined] | dict[str, Lined] | None
    line: int

    def members(self) -> dict[str, Lined]:
        """The mapping's members; InvalidInputError ``row_not_yaml`` where this is no mapping."""
        if not isinstance(self.value, dict):
            raise InvalidInputError(f"Line {self.line}: names with values are expected here.", code="row_not_yaml")
        return self.value

    def elements(self) -> list[Lined]:
        """The list's elements; InvalidInputError ``row_not_yaml`` where this is no list."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise InvalidInputError(f"Line {self.line}: a list is expected here.", code="row_not_yaml")
        return self.value

    def plain(self) -> object:
        """The value without line numbers."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


class _NoAliasLoader(yaml.SafeLoader):
    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.events.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise InvalidInputError(f"Line {line}: references (*name) are not read.", code="row_not_yaml")
        return super().compose_node(parent, index)


def load_yaml(body: bytes) -> Lined:
    """The one document in ``body``; InvalidInputError ``row_not_yaml`` with the line."""
    if len(body) > _LARGEST:
        raise InvalidInputError("The registry file is larger than 20 MB.", code="file_too_large")
    try:
        node = yaml.compose(body.decode("utf-8-sig"), Loader=_NoAliasLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise InvalidInputError(f"Line {line}: this is not YAML ({error.problem}).", code="row_not_yaml") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInputError("The file is not YAML in UTF-8.", code="row_not_yaml") from error
    if node is None:
        raise InvalidInputError("The registry file is empty.", code="row_not_yaml")
    return _lined(node, depth=0)


def _lined(node: Node, *, depth: int) -> Lined:
    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise InvalidInputError(f"Line {line}: the file is nested too deeply.", code="row_not_yaml")
    if isinstance(node, SequenceNode):
        return Lined([_lined(item, depth=depth + 1) for item in node.value], line)
    if isinstance(node, MappingNode):
        return Lined(_members(node, depth=depth), line)
    assert isinstance(node, ScalarNode)
    text = str(node.value)
    return Lined(None if node.style is None and text in _NULLS else text, line)


def _members(node: MappingNode, *, depth: int) -> dict[str, Lined]:
    found: dict[str, Lined] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in found:
            raise InvalidInputError(f"Line {line}: {name[:40]!r} stands here twice.", code="row_not_yaml")
        found[name] = _lined(value, depth=depth + 1)
    return found

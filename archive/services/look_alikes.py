"""Look-alike handles: accounts whose handle can be taken for that of a registered one, told when they come in.

Only letters that look alike count here ("OrIaVenn" with a capital i): one letter off is too common among real names to
be said of every import, and judging looks at that itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.domain.accounts import Account, AccountKind, Platform, bare_handle
from archive.text.lookalikes import skeleton

GENUINE = (AccountKind.OFFICIAL, AccountKind.PERSONAL, AccountKind.CAMPAIGN)
_KNOWN_AS_SUCH = (AccountKind.PARODY, AccountKind.LOOK_ALIKE)


def look_alike_remarks(accounts: Iterable[Account], *, genuine: Iterable[Account]) -> tuple[str, ...]:
    """One sentence for each account that looks like a genuine one of its platform and is not registered as such."""
    models: dict[tuple[Platform, str], list[Account]] = {}
    for model in genuine:
        models.setdefault((model.platform, skeleton(bare_handle(model.handle))), []).append(model)
    found: dict[str, None] = {}
    for account in accounts:
        if account.kind in _KNOWN_AS_SUCH:
            continue
        for model in models.get((account.platform, skeleton(bare_handle(account.handle))), ()):
            if model.id != account.id and bare_handle(model.handle) != bare_handle(account.handle):
                found[_sentence(account, model)] = None
    return tuple(found)


def _sentence(account: Account, model: Account) -> str:
    return (
        f"@{account.handle} on {account.platform.value} looks like @{model.handle}, which is registered as "
        f"{model.kind.value}: register it as look_alike or parody, or prove whose it is."
    )

"""Pointers: the account and the post the article cites, against those the words were found in (A6, A7, A14)."""

from __future__ import annotations

from archive.domain.accounts import Account, AccountKind, bare_handle
from archive.domain.articles import Embed
from archive.domain.findings import Finding, FindingCode
from archive.domain.posts import Post
from archive.domain.statements import Statement
from archive.text.lookalikes import is_look_alike, skeleton
from archive.verification.cases import Case
from archive.verification.crediting import credited
from archive.verification.phrases import platform_name

_IMPOSTORS = {AccountKind.PARODY: "a parody account", AccountKind.LOOK_ALIKE: "a look-alike account"}


def cited_handles(case: Case) -> tuple[str, ...]:
    """The handles the article cites for these words: in its prose, in the embedded post."""
    embed = case.claim.embed
    handles = (case.claim.attribution.handle, embed.handle if embed is not None else None)
    return tuple(dict.fromkeys(bare_handle(handle) for handle in handles if handle))


def look_alikes(case: Case, statement: Statement | None) -> tuple[Finding, ...]:
    """A6 for every cited handle that is a registered impostor's, or unregistered and like a genuine one.

    Likeness counts only against accounts of the credited speaker or the one the words were found in, unless the letters
    themselves are look-alikes: two ministries may be one letter apart.
    """
    found = (_look_alike(case, handle, statement=statement) for handle in cited_handles(case))
    own = statement.account if statement is not None else None
    listed = [finding for finding in found if finding is not None]
    if own is not None and own.kind in _IMPOSTORS and not listed:
        listed.append(_impostor(case, own.handle, kind=own.kind))
    return tuple(listed)


def other_class(case: Case, statement: Statement) -> tuple[Finding, ...]:
    """A7 where the article cites one registered account and the words stand in another of the same speaker."""
    for handle in cited_handles(case):
        cited = _registered(case, handle)
        if cited is None or cited.id == statement.account.id or cited.kind in _IMPOSTORS:
            continue
        if cited.platform is not statement.account.platform or cited.kind is statement.account.kind:
            continue
        if _controllers(case, cited) & _controllers(case, statement.account):
            return (
                case.finding(
                    FindingCode.OTHER_CLASS_OF_ACCOUNT,
                    f"The article cites the {cited.kind.value} account @{cited.handle}; the words stand in the "
                    f"{statement.account.kind.value} account @{statement.account.handle}.",
                ),
            )
    return ()


def wrong_link(case: Case, posts: tuple[Post, ...]) -> tuple[Finding, ...]:
    """A14 where the article's embed or link is to a post other than every one the words were found in."""
    embed = case.claim.embed
    if embed is None or not posts or any(points_at(embed, post) for post in posts):
        return ()
    if not any(_is_comparable(embed, post) for post in posts):
        return ()
    target = embed.url or f"the post {embed.native_id} on {platform_name(embed.platform)}"
    return (
        case.finding(
            FindingCode.SOURCE_LINK_WRONG,
            f"The article links {target}; the words were found in {posts[0].url or _place(posts[0])}.",
        ),
    )


def _place(post: Post) -> str:
    return f"the post {post.native_id} on {platform_name(post.platform)}"


def points_at(embed: Embed | None, post: Post) -> bool:
    """Whether an embed or link is to this very post."""
    if embed is None or embed.platform is not post.platform:
        return False
    if embed.native_id is not None and embed.native_id == post.native_id:
        return True
    return embed.url is not None and embed.url == post.url


def _is_comparable(embed: Embed, post: Post) -> bool:
    """Whether the two identifiers are of one sort: an at-URI and a record key may well be the same post."""
    if embed.native_id is None:
        return False
    if embed.platform is not post.platform:
        return True
    return embed.native_id.isdigit() == post.native_id.isdigit() and ("://" in embed.native_id) == (
        "://" in post.native_id
    )


def _look_alike(case: Case, handle: str, *, statement: Statement | None) -> Finding | None:
    cited = _registered(case, handle)
    if cited is not None and cited.kind in _IMPOSTORS:
        return _impostor(case, handle, kind=cited.kind)
    if cited is not None and cited.kind is not AccountKind.UNREGISTERED:
        return None
    if statement is not None and _is_genuine(statement.account, handle):
        return None
    near = set(credited(case.claim, case.directory, on=None).accounts)
    if statement is not None:
        near.add(statement.account.id)
    for genuine in case.directory.official_accounts():
        known = bare_handle(genuine.handle)
        if skeleton(known) == skeleton(handle) or (genuine.id in near and is_look_alike(handle, known)):
            return case.finding(
                FindingCode.LOOK_ALIKE_ACCOUNT,
                f"@{handle} is not registered; it can be taken for @{genuine.handle}, which is.",
            )
    return None


def _impostor(case: Case, handle: str, *, kind: AccountKind) -> Finding:
    return case.finding(FindingCode.LOOK_ALIKE_ACCOUNT, f"@{bare_handle(handle)} is registered as {_IMPOSTORS[kind]}.")


def _is_genuine(account: Account, handle: str) -> bool:
    """Whether the handle is the registered account's own, now or earlier."""
    used = (account.handle, *(use.handle for use in account.handles))
    return account.kind is not AccountKind.UNREGISTERED and any(bare_handle(one) == handle for one in used)


def _registered(case: Case, handle: str) -> Account | None:
    """The account that ever used the handle, on the platform the article names if any there did."""
    embed, said = case.claim.embed, case.claim.attribution
    platform = said.platform or (embed.platform if embed is not None else None)
    found = case.directory.account_with_handle(handle, platform=platform)
    return found or case.directory.account_with_handle(handle, platform=None)


def _controllers(case: Case, account: Account) -> set[object]:
    controls = case.directory.controls_of(account.id)
    return {who for c in controls for who in (c.person_id, c.office_id) if who is not None}

import pytest

from archive.domain.accounts import Platform
from archive.text.account_urls import account_url, parse_account_url

PROFILES = [
    ("https://x.com/OrlaVenn", Platform.X, "OrlaVenn"),
    ("https://twitter.com/OrlaVenn/", Platform.X, "OrlaVenn"),
    ("http://mobile.twitter.com/@OrlaVenn?lang=en", Platform.X, "OrlaVenn"),
    ("https://bsky.app/profile/orla.marrowland.example", Platform.BLUESKY, "orla.marrowland.example"),
    ("https://truthsocial.com/@orlavenn", Platform.TRUTH_SOCIAL, "orlavenn"),
    ("https://t.me/s/harbour_office", Platform.TELEGRAM, "harbour_office"),
    ("https://www.youtube.com/@HarbourOffice", Platform.YOUTUBE, "HarbourOffice"),
    ("https://www.facebook.com/harbour.office", Platform.FACEBOOK, "harbour.office"),
    ("https://www.instagram.com/harbour_office/", Platform.INSTAGRAM, "harbour_office"),
    ("https://www.threads.net/@harbour_office", Platform.THREADS, "harbour_office"),
    ("https://social.marrowland.example/@orla", Platform.MASTODON, "orla@social.marrowland.example"),
    ("https://social.marrowland.example/users/orla", Platform.MASTODON, "orla@social.marrowland.example"),
]


@pytest.mark.parametrize(("url", "platform", "handle"), PROFILES)
def test_a_profile_is_known_by_its_address(url: str, platform: Platform, handle: str) -> None:
    assert parse_account_url(url) == (platform, handle)


@pytest.mark.parametrize(("_", "platform", "handle"), PROFILES)
def test_the_address_of_a_profile_leads_back_to_it(_: str, platform: Platform, handle: str) -> None:
    assert parse_account_url(account_url(platform, handle) or "") == (platform, handle)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/OrlaVenn/status/1703436713362870723", "https://twitter.com/intent/tweet?text=a", "https://x.com/share",
        "https://x.com/", "https://www.facebook.com/sharer.php?u=a", "https://t.me/harbour_office/5", "https://marrowland.example/orla",
        "mailto:orla@marrowland.example", "javascript:alert(1)", "https://[", "", "https://www.youtube.com/watch?v=abcdefghijk",
    ],
)  # fmt: skip
def test_other_addresses_are_no_profiles(url: str) -> None:
    assert parse_account_url(url) is None

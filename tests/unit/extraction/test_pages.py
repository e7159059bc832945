"""Reading article pages: paragraphs stay whole and clean, block quotes and embeds are kept, dates are exact."""

import json
from datetime import UTC, date, datetime

import pytest

from archive.domain.accounts import Platform
from archive.errors import ExtractionError
from archive.extraction.blocks import read_blocks
from archive.extraction.boilerplate import MainText
from archive.extraction.markup import parse_markup, tamed
from archive.extraction.pages import read_article
from archive.extraction.selection import select

URL = "https://news.example/story"

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Minister backs herring - The Example</title>
<meta property="og:title" content="Minister backs herring &amp; cod">
<meta property="og:site_name" content="The Example">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-02-09T08:30:00+02:00",
"author":[{"name":"Ola Berg"}],"publisher":{"name":"The Example"}}</script></head>
<body class="has-sidebar"><nav><a href="/">Home</a><a href="/sea">Sea</a></nav>
<article class="premium">
<h1>Minister backs herring &amp; cod</h1>
<p>Ada Norden, the fisheries minister of Farland, defended the new catch limits on Thursday
after a week of protests.</p>
<figure><img src="a.jpg"><figcaption>Ada Norden in the harbour of Ostvik. Photo: Example Agency</figcaption></figure>
<p>"The herring will be back,<span class="share-tooltip" hidden>Share this</span> and so will we," she wrote on X.<br>
Boats stayed in port for the third day in a row.</p>
<div class="related-stories"><p>Read more:
<a href="/x">"Nobody asked us": fishers speak out about the limits</a></p></div>
<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The herring will be back, and so will we.<br>
Patience!
<a href="https://t.co/abc">pic.twitter.com/xyz</a></p>&mdash; Ada Norden (@AdaNorden)
<a href="https://twitter.com/AdaNorden/status/1755500000000000000?ref_src=twsrc">February 8, 2024</a></blockquote>
<p>The ministry followed with a statement of its own, which the newspaper received in the evening:</p>
<blockquote><p>We will review the limits in autumn. Until then, they stand as agreed with the coastal
towns.</p></blockquote>
<p>Fishers called the plan <q>a bad joke</q> and announced further protests for the coming weekend in all harbours.</p>
<p>Advertisement</p>
</article><aside><p>Most read: "The moon is made of cheese", says
the baker of Ostvik in a long interview</p></aside>
<footer><p>Copyright The Example. All rights reserved. Contact us for licences and reprints of articles.</p></footer>
</body></html>"""


def article(html: str = PAGE, **arguments):
    return read_article(html.encode(), url=URL, media_type="text/html", **arguments)


def paragraphs(html: str = PAGE) -> list[str]:
    read = article(html)
    return [span.of(read.text) for span in read.paragraphs]


def test_a_quotation_paragraph_has_nothing_glued_to_it() -> None:
    assert (
        '"The herring will be back, and so will we," she wrote on X.\nBoats stayed in port for the third day in a row.'
        in paragraphs()
    )


@pytest.mark.parametrize(
    "noise", ["Share this", "Photo: Example", "Nobody asked us", "moon is made", "Copyright", "Home"]
)
def test_captions_teasers_and_bars_are_no_article_text(noise: str) -> None:
    assert noise not in article().text


def test_quotation_elements_get_the_marks_a_browser_prints() -> None:
    assert "the plan \u201ca bad joke\u201d and" in article().text


def test_block_quotes_are_marked() -> None:
    read = article()
    assert [span.of(read.text)[:31] for span in read.block_quotes] == ["We will review the limits in au"]


def test_an_embedded_post_is_no_paragraph_but_an_embed_at_its_place() -> None:
    read = article()
    (embed,) = read.embeds
    assert embed.platform is Platform.X
    assert (embed.native_id, embed.handle, embed.author_name) == ("1755500000000000000", "AdaNorden", "Ada Norden")
    assert embed.text == "The herring will be back, and so will we.\nPatience!"
    assert embed.posted_on == date(2024, 2, 8)
    assert "Patience" not in read.text
    assert embed.position is not None
    assert read.text[: embed.position].endswith("in a row.")


def test_the_page_says_who_when_and_where() -> None:
    read = article()
    assert read.title == "Minister backs herring & cod"
    assert (read.byline, read.outlet, read.language) == ("Ola Berg", "The Example", "en")
    assert read.published == datetime(2024, 2, 9, 6, 30, tzinfo=UTC)
    assert read.published_on == date(2024, 2, 9)


def test_spans_cover_the_text_in_order() -> None:
    read = article()
    assert "\n\n".join(span.of(read.text) for span in read.paragraphs) == read.text


def with_date(head: str) -> str:
    return PAGE.replace('"datePublished":"2024-02-09T08:30:00+02:00",', "").replace("</head>", head + "</head>")


@pytest.mark.parametrize(
    ("head", "published", "day"),
    [
        (
            '<meta property="article:published_time" content="2024-02-09T23:30:00-05:00">',
            datetime(2024, 2, 10, 4, 30, tzinfo=UTC),
            date(2024, 2, 9),
        ),
        ('<meta itemprop="datePublished" content="2024-02-09">', None, date(2024, 2, 9)),
        ('<meta name="date" content="2024-02-09 10:00">', None, date(2024, 2, 9)),
        (
            '<meta name="pubdate" content="Fri, 09 Feb 2024 10:00:00 GMT">',
            datetime(2024, 2, 9, 10, 0, tzinfo=UTC),
            date(2024, 2, 9),
        ),
    ],
)
def test_only_a_stamp_with_a_zone_is_an_exact_time(head: str, published: datetime | None, day: date) -> None:
    read = article(with_date(head))
    assert (read.published, read.published_on) == (published, day)


def test_two_breaks_in_a_row_part_paragraphs() -> None:
    text = "The minister spoke for an hour about nets, quotas and the weather in the north of Farland."
    html = f"<html><body><div>{text}<br><br>{text.replace('hour', 'evening')}</div></body></html>"
    assert paragraphs(html) == [text, text.replace("hour", "evening")]


def test_a_wrapper_with_a_suspicious_name_does_not_hide_the_article() -> None:
    html = PAGE.replace('<article class="premium">', '<div class="teaser share promo"><article>').replace(
        "</article>", "</article></div>"
    )
    assert "Boats stayed in port" in article(html).text


def test_noise_is_left_out_even_where_the_first_opinion_names_it() -> None:
    story = "The minister spoke for an hour about nets, quotas and the weather in the north of Farland."
    teaser = "Nobody asked us, say the fishers of Ostvik in a long talk with this newspaper."
    html = f'<div><p>{story}</p><div class="related-stories"><p>{teaser}</p></div><p>{story[::-1]} End.</p></div>'
    html += f"<p>{story.upper()} and more of the same, at length, until the evening came.</p>"
    selected = select(read_blocks(parse_markup(html)), main=MainText(text=f"{html} {teaser}"), title=None)
    assert teaser not in [block.text for block in selected.blocks]
    assert story in [block.text for block in selected.blocks]


def test_a_tag_of_thousands_of_attributes_loses_them_and_an_ordinary_long_one_does_not() -> None:
    monster = "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x</p>"
    assert tamed(monster) == "<p>x</p>"
    long = '<img src="data:image/png;base64,' + "A" * 60_000 + '">'
    assert tamed(long) == long


CHARSETS = [
    ("utf-8", "né à ü", "iso-8859-1", False),
    ("utf-8", "né à ü", None, False),
    ("windows-1252", "é – “ja”", "iso-8859-1", False),
    ("utf-8", "é – “ja”", "iso-8859-1", False),
    ("utf-8", "é – “ja”", None, False),
    ("shift_jis", "漁業大臣は述べた", None, True),
    ("euc-jp", "漁業大臣は述べた", "euc-jp", False),
    ("utf-16", "é – “ja”", None, False),
    ("utf-8-sig", "é – “ja”", "windows-1251", False),
    ("windows-1251", "Министр сказал", None, True),
    ("gb18030", "渔业部长说", "gb2312", False),
]


@pytest.mark.parametrize(("encoding", "words", "declared", "meta"), CHARSETS)
def test_the_right_letters_are_read(encoding: str, words: str, declared: str | None, meta: bool) -> None:
    html = PAGE.replace("Boats stayed", words + " Boats stayed")
    if meta:
        html = html.replace("<head>", f'<head><meta charset="{encoding}">')
    read = read_article(html.encode(encoding), url=URL, media_type="text/html", charset=declared)
    assert words in read.text


@pytest.mark.parametrize(
    ("body", "media_type", "code"),
    [
        (b"", "text/html", "article_empty"),
        (b"<html><body><p>Hi</p></body></html>", "text/html", "article_empty"),
        (b"%PDF-1.7\n...", "text/html", "article_binary"),
        (bytes(range(256)) * 20, "application/octet-stream", "article_binary"),
        (b'{"a": 1}', "application/json", "article_not_html"),
        (b"Only words, no markup at all.", "text/plain", "article_not_html"),
        (b"<html><body>" + b"<div>" * 5_000, "text/html", "article_too_complex"),
        (b"<html><body>" + b"<a <b " * 20_000, "text/html", "article_too_complex"),
        (b"<html><body>" + b"<i>" * 200_000, "text/html", "article_too_complex"),
    ],
)
def test_what_is_no_article_is_refused_with_its_own_code(body: bytes, media_type: str, code: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_article(body, url=URL, media_type=media_type)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "hostile",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x</p>",
        "<!--" * 20_000,
        "<a <b " * 900,
        "<div class='" + "x " * 50_000 + "'>y</div>",
        "&" * 100_000,
        "<script>" + "<" * 50_000,
        "<p>" + "(" * 50_000,
        "<p>a b c d e f g</p>" * 10_000,
    ],
)
def test_a_hostile_page_does_not_hide_its_article_or_crash(hostile: str) -> None:
    html = PAGE.replace("</article>", "</article>" + hostile)
    assert "Boats stayed in port" in article(html).text


SHORT_PAGES = [
    '<article><p>"We will build it this year," Orla Venn said.</p></article>',
    '<!doctype html><meta charset=utf-8><title>T</title><h1>Bridge</h1><div>"We will build it this year," Orla Venn said.</div>',
    '<!doctype html><title>T</title><p>"We will build it this year," Orla Venn said on Friday.<p>More words are here.',
    '<a name="top"><p>"We will build it this year," Orla Venn said.</p>',
]


@pytest.mark.parametrize("page", SHORT_PAGES)
def test_a_short_page_without_head_and_body_tags_is_read(page: str) -> None:
    article = read_article(page.encode(), url=None, media_type="text/html", charset="utf-8")
    assert article.text.startswith('"We will build it this year," Orla Venn said')


def _page(body: str, head: str = "", language: str = "en") -> bytes:
    return f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'.encode()


def test_a_stated_body_is_read_where_the_page_shows_none() -> None:
    stated = " ".join(["The council of Brod met on Monday and spoke about the bridge."] * 10)
    head = (
        '<script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "headline": "Bridge", "articleBody": stated})
        + "</script>"
    )
    article = read_article(_page("<main><p>Loading the story for you, please wait.</p></main>", head), url=None)
    assert article.text.startswith("The council of Brod met")


def test_lists_of_links_and_times_are_no_article() -> None:
    rows = "".join(f"<p>{day}.01.2031 · Men · League {day}</p>" for day in range(10, 24))
    with pytest.raises(ExtractionError) as refused:
        read_article(_page(f"<div>{rows}</div>"), url=None)
    assert refused.value.code == "article_empty"


def test_the_text_contradicts_the_language_its_template_states() -> None:
    words = (
        "El gobierno de Brod anunció que el puente se abrirá en mayo y que las obras terminarán antes del verano. " * 5
    )
    assert read_article(_page(f"<article><p>{words}</p></article>"), url=None).language == "es"


def test_program_text_quotes_nobody() -> None:
    body = '<article><p>The council met on Monday to talk about the bridge of Brod and its money.</p><pre><code>print("hello");</code></pre></article>'
    assert "print" not in read_article(_page(body), url=None).text

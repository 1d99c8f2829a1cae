"""HTML reduced to the text that it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.antwoord import GelezenAntwoord, Onduidelijk, lees_antwoord
from broker.wire.mime_html import html_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("BEKEND", "BEKEND"),
        (
            "<p>Goedemiddag,</p><p>niet  \n bekend.<br>Groet</p>",
            "Goedemiddag,\nniet bekend.\nGroet",
        ),
        ("<b>on</b>bekend", "onbekend"),
        ("a<br><br>b", "a\n\nb"),
        ("<html><head><title>t</title><style>p{}</style></head><body>x", "x"),
        ("<head><meta><body>x", "x"),
        ("<script>if (a<b) {}</SCRIPT >y<style>weg", "y"),
        ("<svg/>z", "z"),
        ("</script>z", "z"),
        ("<!doctype html><!-- BEKEND --><?xml x?>ja<!-- open", "ja"),
        ("ja<!open", "ja"),
        ("Caf&eacute; &amp; &lt;b&gt; &#8364; &#x20AC;", "Café & <b> € €"),
        ("&#" + "9" * 5_000 + ";", "\ufffd"),
        ("<a title=\"a>b\" href='c>d'>link</a>", "link"),
        ('<a title="open>x</a>y', "xy"),
        ("<a ' \" ' >x", "x"),
        ("ja<a ", "ja"),
        ("3 < 4 <> 5 </ 6", "3 < 4 <> 5 </ 6"),
        ("<tr><td>Naam:</td><td>Jan</td></tr><tr><th>x</th></tr>", "Naam: Jan\nx"),
        (
            "nee<blockquote>citaat<blockquote>diep</blockquote>op<br>&#8232;x</blockquote>ja",
            "nee\n> citaat\n> > diep\n> op\n> x\nja",
        ),
        ("</blockquote></pre>x", "x"),
        ("<pre>a\n  b\r\nc</pre>d   e", "a\n  b\nc\nd e"),
    ],
)
def test_the_visible_text_is_kept(source: str, text: str) -> None:
    """Blocks are lines, quotations are marked, and what a reader does not see is gone."""
    assert html_to_text(source) == text


@pytest.mark.rule("D-13")
@pytest.mark.parametrize(
    "source",
    [
        "<s>bekend</s>",
        "<DEL>bekend</DEL>",
        "<strike>bekend</strike>",
        "<p style='text-decoration: line-through'>bekend</p>",
        '<span style="text-decoration-line:line-through">bekend</span>',
        '<span style="display:none">niet</span> bekend',
        '<span style="DISPLAY : none">niet</span> bekend',
        '<span style="display&#58;none">niet</span> bekend',
        '<span style="visibility:hidden">niet</span> bekend',
        '<span style="mso-hide:all">niet</span> bekend',
        '<span style="font-size:0">niet</span> bekend',
        '<span style="opacity: 0">niet</span> bekend',
        "<span hidden>niet</span> bekend",
        "<style>.a{display:none}</style>bekend",
        "<html><head><style>.a { text-decoration: line-through }</style></head>bekend",
        "<head><style>.a{visibility: hidden}",
        "b&#x336;e&#x336;kend",
    ],
)
def test_hidden_or_struck_text_makes_an_answer_unclear(source: str) -> None:
    """What a reader sees struck through, or not at all, is never a verdict."""
    assert isinstance(lees_antwoord(html_to_text(source)), Onduidelijk)


def test_what_hides_nothing_is_not_marked() -> None:
    """Ordinary styles, and pictures without a size, leave an answer as it is."""
    source = (
        "<head><style>p{margin:0}</style></head><img style='display:none'><svg style='opacity:0'/>"
        "<span style='font-size:0.9em;opacity:0.9;display:block'>bekend</span>"
    )
    assert isinstance(lees_antwoord(html_to_text(source)), GelezenAntwoord)


def test_a_very_deep_quotation_is_marked_ten_times() -> None:
    """Depth cannot blow the text up."""
    assert html_to_text("<blockquote>" * 99 + "x") == "> " * 10 + "x"


@given(source=st.lists(st.sampled_from([*"<>!/-'\"&;= \n", "a", "blockquote", "pre", "x"])))
def test_any_markup_gives_text(source: list[str]) -> None:
    """Broken markup never raises."""
    html_to_text("".join(source))

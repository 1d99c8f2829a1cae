"""HTML reduced to the text that it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_very_deep_quotation_is_marked_ten_times() -> None:
    """Depth cannot blow the text up."""
    assert html_to_text("<blockquote>" * 99 + "x") == "> " * 10 + "x"


@given(source=st.lists(st.sampled_from([*"<>!/-'\"&;= \n", "a", "blockquote", "pre", "x"])))
def test_any_markup_gives_text(source: list[str]) -> None:
    """Broken markup never raises."""
    html_to_text("".join(source))

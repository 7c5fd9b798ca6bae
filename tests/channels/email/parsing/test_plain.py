"""A formatted mail can be read as plain text: its paragraphs, its lists, its quotes, where its links lead."""

import pytest

from channels.email.parsing.plain import plain_text
from channels.email.parsing.sanitize import sanitized


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Hello <b>you</b></p><p>Second</p>", "Hello you\n\nSecond"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("<div>one</div>\n<div>two</div>", "one\ntwo"),
        ("<h1>Title</h1>text", "Title\n\ntext"),
        ("<div>  lots   of\n space&nbsp;</div>", "lots of space"),
        ("<ul><li>one<li>two</ul><ol start=3><li>x<li>y</ol>", "- one\n- two\n\n3. x\n4. y"),
        ("<table><tr><td>Order</td><td>123</td></tr><tr><td>Sum</td><td>4 &euro;</td></tr></table>", "Order 123\nSum 4 €"),
        ("<blockquote>quoted</blockquote>after", "> quoted\n\nafter"),
        ("<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\n\nd"),
        ("x<hr>y", "x\n---\ny"),
        ("<p>&lt;b&gt; &amp;amp; &#20013;</p>", "<b> &amp; 中"),
        ("<span>在 2025年，</span><span>张三写道：</span>", "在 2025年，张三写道："),
        ('<a href="https://x.example/a">our page</a>', "our page <https://x.example/a>"),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="https://x.example">x.example</a>', "x.example"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="https://x.example"><img src="https://i.example" alt="Logo"></a>', "Logo <https://x.example>"),
        ('<a href="https://x.example"><div>block</div></a>', "block\n<https://x.example>"),
        ('<div style="display:none">preheader</div>hello', "hello"),
        ('<span style="font-size:0">x<b>y</b></span>hello<img style="display:none" alt="z">', "helloz"),
        ("<style>p {}</style><script>1</script><title>t</title>hello", "hello"),
        ("a\u200bb\u00adc", "abc"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_reads_as_text(markup: str, text: str) -> None:
    assert plain_text(sanitized(markup)[0]) == text

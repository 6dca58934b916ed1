"""Texts that mean harm to whatever they pass through, and a map that holds one in every slot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

# What would happen if a text became markup: a page sets `pwned`.
DEEDS = (
    "<script>pwned=1</script>",
    "<img src=x onerror=pwned=1>",
    "<svg onload=pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<details open ontoggle=pwned=1>",
    "<style>*{display:none}</style>",
    "<a href=javascript:pwned=1>x</a>",
    "<foreignObject><body onload=pwned=1></foreignObject>",
    "<animate onbegin=pwned=1 attributeName=x dur=1s>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
)
# How it would get out of where it stands.
WAYS_OUT = (
    "{}", '">{}', "'>{}", "</title>{}", "</text></svg>{}", "</style>{}", "</script>{}", "-->{}",
    "]]>{}", "</textarea>{}", "</td></tr></table>{}", "&quot;&gt;{}", "\\{}", "`{}`",
    "{{{{ {} }}}}", '" onmouseover="pwned=1" x="{}', "</desc>{}", "*/{}/*", "</pre>{}",
    "{}\n\n{}",
)  # fmt: skip
OTHERS = (
    "{{ 7*7 }}", "{% include 'x' %}", "${7*7}", "#{7*7}", "__class__.__mro__", "%s%s%n",
    "{0.__class__}", "=1+1", "＝1+1", "+1+1", "-1+1", "@SUM(A1)", '=cmd|" /C calc"!A0',
    '=HYPERLINK("http://evil.example")', "&lt;b&gt;", "&#60;script&#62;", "&amp;amp;",
    "&nosuch;", "%3Cscript%3E", "\\u003cscript\\u003e", "javascript:pwned=1",
    "JaVaScRiPt:pwned=1", "data:text/html,<script>pwned=1</script>", "vbscript:x",
    "file:///etc/passwd", "//evil.example/x", "http://evil.example/\"onclick=pwned=1",
    "url(http://evil.example/x)", "expression(pwned=1)", "@import 'http://evil.example'",
    "}*{color:red", "[x](javascript:pwned=1)", "![x](http://evil.example/x.png)",
    "<http://evil.example>", "| a | b |", "[x]: javascript:pwned=1", "**b** _i_ `c` ~~s~~",
    "# heading", "> quote", "- list", "\\[ \\]", "::error file=x::y", "##[error]x",
    "%0A::error::x", "\x1b]0;x\x07", "\x1b[2J", "\u202egpj.exe", "ab\u0000cd", "\ufeffbom",
    "\u2028line", "\u200bzero", "é", "e\u0301\u0301\u0301\u0301", "上流工程", "ב א", "👩‍👩‍👧‍👦",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "ﷺ", "Ǆ", "ﬁ", "İ", "ß", "𝒳", "\ud7ff", "\U0010ffff", "..\\..\\x", "../../x",
    "CON", "NUL", "a" * 300, "a " * 150, "-" * 200, "W" * 120, " ", "'", '"', "\\", "/", "<",
    ">", "&", "&#0;", "digraph { a -> b }", "\\N", "\\l\\r", "<b>html label</b>", "</svg>",
    "<!--", "<![CDATA[", "<?xml?>", "%PDF-1.4",
)  # fmt: skip


def strings() -> Iterator[str]:
    """Every deed behind every way out, and the others."""
    for deed, way in product(DEEDS, WAYS_OUT):
        yield way.replace("{{{{", "{{").replace("}}}}", "}}").replace("{}", deed)
    yield from OTHERS


def quoted(text: str) -> str:
    """A text as a string of the language."""
    signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(signs.get(sign, _spelled(sign)) for sign in text) + '"'


def _spelled(sign: str) -> str:
    return sign if sign.isprintable() else f"\\u{{{ord(sign):x}}}"


def everywhere(text: str) -> str:
    """A map that says the text wherever the language takes one."""
    says = quoted(text)
    return f"""\
map {says} {{
  state = {says}
  scope = {says}
  author = {says}
  version = {says}
  item = {says}
  source = {says}
  calendar = 8h/day
  demand = 20/month
}}
team one {says} people=3
supplier s {says} {{ {says} = {says} }}
customer c {says} {{ pack = 3 }}
control p {says} system={says}
queue q {says} wait=3d source={says}
step a {says} team=one pt=2h lt=1d ca=80% tool={says} cost={says} {{ {says} = {says} }}
handoff h {says} via={says} wait=1d
choice {{
  branch x {says} 40% {{ step b {says} team={says} pt=1h }}
  branch y {says} {{ inventory i {says} wait=2d; step d {says} pt=1h }}
}}
parallel {{ branch v {says} {{ step e {says} pt=1h }}; branch w {says} {{ step f {says} pt=3h }} }}
step g {says} pt=1h lt=2h team=one
rework r g -> a 10% {says}
info c -> p {says} by=electronic every={says}
info p -> a {says} by=manual
shipment s -> a by={says} every={says}
waste waiting on q {says}
note {says} on a
metric {_key(text)} = 3
span z {says} from a to g
kaizen k {says} on q {{ owner = {says}; due = 2027-02-01; effort = 3d; set q wait=1d }}
future t {says} {{ apply k; set a {quoted(text + "2")}; insert after a {{ step n {says} pt=1h }} }}
goal lead_time <= 1d in t
"""


def _key(text: str) -> str:
    return quoted(text) if text.strip() and text.isprintable() else "other"

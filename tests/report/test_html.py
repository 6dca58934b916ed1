"""The HTML report: it says everything, needs nothing, and lets no text become markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest

from vsmdsl.analysis.show import show
from vsmdsl.record import replace
from vsmdsl.report.html import render_html
from vsmdsl.report.subject import Subject

About = Callable[..., Subject]
CLOCK = "map { calendar = 8h/day }\n"


class Reader(HTMLParser):
    """Collects the words of a page, its tags and its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def words(page: str) -> str:
    body = re.sub(r"<(style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(" ".join(read(body).words).split())


def test_every_label_and_figure_is_there(about: About) -> None:
    subject = about()
    text = words(render_html(subject))
    side = subject.shown
    for step in side.analysis.steps:
        assert step.label in text
    for wait in side.analysis.waits:
        assert wait.label in text
        assert show(wait.time, side.calendar) in text
    for name, figure in side.analysis.metrics.items():
        if figure and name not in ("total_effort", "process_cycle_efficiency"):  # twins of others
            assert show(figure, side.calendar) in text, name


def test_the_answer_is_one_sentence(about: About) -> None:
    assert (
        "It takes 30.6 d to deliver 32 h of work; "
        "39 % of the time is spent waiting in Idea backlog."
    ) in words(render_html(about()))


def test_the_parts_come_in_order(about: About) -> None:
    page = render_html(about())
    found = re.findall(r'<section id="(\w+)"', page)
    assert found == [
        "map", "stuck", "wastes", "quality", "pace", "stated", "futures", "goals", "kaizens",
        "data", "method", "source",
    ]  # fmt: skip
    for part in found:
        assert f'href="#{part}"' in page


def test_a_part_without_data_is_left_out(about: About) -> None:
    page = render_html(about(CLOCK + "step Do pt=1h\n"))
    found = re.findall(r'<section id="(\w+)"', page)
    assert set(found) == {"map", "data", "method", "source"}


def test_it_needs_nothing_but_itself(about: About) -> None:
    reader = read(render_html(about()))
    assert not {"link", "img", "iframe", "object"} & set(reader.tags)
    assert reader.tags.count("script") == 1
    for name, value in reader.attributes:
        assert not name.startswith("on")
        if name in ("href", "src"):
            assert value is not None
            assert value.startswith("#")
    assert "@import" not in render_html(about())
    assert "url(" not in render_html(about())


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}"


@pytest.mark.parametrize(
    "text",
    [
        'map "{0}" {{ calendar = 8h/day; scope = "{0}"; author = "{0}" }}\nstep Do pt=1h\n',
        'queue a "{0}" wait=1d\nstep Do pt=1h\nwaste waiting on a "{0}"\n',
        'team t "{0}"\nstep b "{0}" team=t pt=1h ca=90%\nstep c pt=1h\nrework c -> b 10% "{0}"\n',
        'step b pt=1d\nkaizen k "{0}" on b {{ owner = "{0}"; effort = 1d; set b pt=1h }}\n'
        'future f "{0}" {{ apply k }}\ngoal lead_time <= 1d in f\n',
        'step b pt=1d\nspan s "{0}" from b to b\nmetric m = "{0}"\nqueue b2 "{0}" wait=?\n',
    ],
)
def test_text_never_becomes_markup(about: About, text: str) -> None:
    page = render_html(about(text.format(ATTACK.replace('"', '\\"'))))
    reader = read(page)
    assert reader.tags.count("script") == 1  # ours
    assert "img" not in reader.tags
    assert not any(name.startswith("on") for name, _ in reader.attributes)
    assert page.count("<script") == 1
    assert "49" not in words(page)
    assert "<script>alert(1)</script>" in unescape(page)


def test_a_picture_that_is_not_ours_is_refused(about: About) -> None:
    for picture in ("<p>hello</p>", "<svg ><script>alert(1)</script></svg>"):
        with pytest.raises(ValueError, match="no picture of ours"):
            render_html(replace(about(), picture=picture))


def test_a_future_is_told_beside_today(about: About) -> None:
    text = words(render_html(about(future="q1")))
    assert "It will take 22.9 d instead of 30.6 d" in text
    assert "today 30.6 d" in text


def test_what_is_unmeasured_is_said(about: About) -> None:
    text = words(render_html(about(CLOCK + "queue Inbox wait=2d\nstep Do pt=?\nstep Test pt=1h\n")))
    assert "It takes at least" in text
    assert "Not measured" in text
    assert "Do. Every figure that lacks one of these carries a sign" in text


def test_the_title_can_be_another(about: About) -> None:
    page = render_html(about(), title="For the board & all")
    assert "<title>For the board &amp; all</title>" in page


def test_counted_queues_name_their_law(about: About) -> None:
    text = (
        "map { calendar = 20d/month; demand = 20/month }\ninventory Coils qty=40\nstep Do pt=1h\n"
    )
    page = words(render_html(about(text)))
    assert "The waiting in Coils is the count ÷ the demand of 20/month (Little's law)." in page


def test_two_runs_are_the_same(about: About) -> None:
    assert render_html(about()) == render_html(about())

"""LANGUAGE 5: what stands around the stream, and the numbers asked of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.model.reading import DAY, codes, said, stream
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate, duration
from vsmdsl.model.resolve.schema import SHAPES

LINE = "step dev 1h\nqueue inbox 1d\nstep test 2h\n"


# --- the map ----------------------------------------------------------------------------------


def test_a_map_with_every_key() -> None:
    settings = stream(
        'map "Checkout" { state = current; date = 2026-11-12; scope = "all of it"; author = Mei\n'
        "version = 2; language = en; calendar = 8h/day, 5d/week; demand = 20/month; item = task\n"
        "available = 8h; shifts = 1; cost_rate = 62 EUR/h; timeline = inventory\n"
        "rework_model = once; show = pt, lt, ca; wrap = 6; url = https://x.example; source = walk\n"
        "}\nstep a 1h"
    ).settings
    assert (settings.title, settings.date) == ("Checkout", date(2026, 11, 12))
    for key in SHAPES["map"].keys:
        if key != "calendar":
            assert getattr(settings, key) not in (None, "", ())


def test_a_map_without_a_title_is_called_by_its_file() -> None:
    assert stream("step a 1h").settings.title == "Map"
    assert stream("map { item = x }\nstep a 1h").settings.title == "Map"


def test_at_most_one_map() -> None:
    assert codes('map "A"\nmap "B"\nstep a 1h') == ["E210"]


def test_demand_of_the_customer() -> None:
    assert stream("customer demand=20/month\nstep a 1h").settings.demand is not None
    both = "map {{ demand = 20/month }}\ncustomer demand={}\nstep a 1h"
    assert codes(both.format("20/month")) == []
    assert codes(both.format("240/y")) == []
    assert codes(both.format("30/month")) == ["E324"]


# --- parties and arrows -----------------------------------------------------------------------


def test_parties_are_called_by_their_word() -> None:
    found = stream(
        'supplier "Request"\ncustomer "Shoppers"\ncontrol jira "Planning" system="Jira"\n'
        "step a 1h\ninfo customer -> jira\nshipment supplier -> a\nshipment a -> customer"
    )
    named = [(one.kind, one.key, one.id, one.label) for one in found.parties]
    assert named == [
        ("supplier", "supplier", "supplier", "Request"),
        ("customer", "customer", "customer", "Shoppers"),
        ("control", "jira", "jira", "Planning"),
    ]
    assert [(one.start, one.ends) for one in found.infos] == [("customer", ("jira",))]
    assert [one.start for one in found.shipments] == ["supplier", "a"]


def test_two_customers_without_an_id() -> None:
    found = stream('customer "A" pack=20 shifts=2\ncustomer "B"\nstep a 1h')
    assert [one.key for one in found.parties] == ["customer", "B"]


def test_keys_of_parties() -> None:
    assert codes("control system=SAP\nstep a 1h") == []
    assert codes("customer system=SAP\nstep a 1h") == ["E205"]
    assert codes("supplier demand=3/day\nstep a 1h") == ["E205"]
    assert codes('customer { "Complaints" = 3 }\nstep a 1h') == []


def test_arrows() -> None:
    found = stream(
        LINE + 'info dev -> test, inbox "requests" by=electronic every=1w source=walk\n'
        "info plan dev -> test by=gosee every=2/week\n"
        'shipment dev -> test by=milkrun every="Tue + Thu"'
    )
    first, second = found.infos
    assert (first.start, first.ends, first.label) == ("dev", ("test", "inbox"), "requests")
    assert (first.by, first.every, first.source) == ("electronic", "1w", "walk")
    assert (second.id, second.every, second.by) == ("plan", "2/week", "gosee")
    assert (found.shipments[0].by, found.shipments[0].every) == ("milkrun", "Tue + Thu")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("info dev -> tset", "E202"),
        ("info dev -> test by=pigeon", "E212"),
        ("rework test -> dve 20%", "E201"),
        ("rework inbox -> dev 20%", "E201"),
        ("rework test -> dev", "E323"),
        ("rework test -> dev, inbox 20%", "E222"),
        ("rework test -> dev 0.2", "E305"),
        ("rework test -> dev 20", "E305"),
        ("rework dev -> test 20%", "E225"),
        ("rework test -> dev 60%\nrework test -> test 40%", "E320"),
        ("rework test -> dev 20% effort=?", "E308"),
        ("rework test -> dev 20% effort=140%", "E306"),
    ],
)
def test_arrows_that_cannot_be(text: str, code: str) -> None:
    assert codes(LINE + text) == [code]


def test_rework() -> None:
    found = stream(LINE + 'rework again test -> dev 20% "defects" wait=1d pt=1h effort=40%')
    (loop,) = found.reworks
    assert (loop.key, loop.start, loop.end, loop.label) == ("again", "test", "dev", "defects")
    assert isinstance(loop.share, Percent)
    assert loop.share.ratio == Fraction(1, 5)
    assert isinstance(loop.effort, Percent)
    assert (loop.wait, loop.pt) == (duration(DAY, "d"), duration(3600, "h"))
    assert stream(LINE + "rework test -> dev ?").reworks[0].share is Gap.UNKNOWN
    assert stream(LINE + "rework test -> dev share=20%").reworks[0].key == "test -> dev"
    assert stream(LINE + "rework test -> inbox 20%").reworks[0].end == "inbox"
    assert stream(LINE + "rework test -> test 20%").reworks[0].end == "test"


FORK = (
    "step a 1h\nparallel p {\n branch one { step x 1h; step y 1h }\n branch two { step z 1h }\n}\n"
    "step b 1h\n"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("rework y -> x 10%", ""),
        ("rework y -> a 10%", ""),
        ("rework b -> x 10%", ""),
        ("rework x -> z 10%", "E226"),
        ("rework x -> b 10%", "E225"),
        ("rework a -> x 10%", "E225"),
        ("span from x to y", ""),
        ("span from a to b", ""),
        ("span from a to p", ""),
        ("span from a to x", "E227"),
        ("span from x to z", "E227"),
        ("span from b to a", "E228"),
        ("span from one to b", "E201"),
        ("span from a", "E246"),
        ("span to b", "E246"),
    ],
)
def test_loops_and_spans_around_forks(text: str, code: str) -> None:
    assert codes(FORK + text) == ([code] if code else [])


def test_labels_name_what_has_no_id() -> None:
    assert codes('step "Code review" 1h\nstep b 1h\nrework b -> "Code review" 5%') == []
    assert codes("stream Refine 1h -> Build 2h\nrework Build -> Refine 5%") == []
    both = 'step "Review" 1h\nstep "Review" 1h\nstep b 1h\nrework b -> "Review" 5%'
    assert codes(both) == ["E211"]
    assert said('step "Code review" 1h\nnote "x" on "Code reveiw"') == (
        'E202 no element is called `Code reveiw` (did you mean `"Code review"`?)'
    )


# --- remarks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("waiting", "waiting"),
        ("delays", "waiting"),
        ("handoffs", "transportation"),
        ("task_switching", "motion"),
        ("Extra-Features", "overproduction"),
        ("relearning", "overprocessing"),
        ("rework", "defects"),
        ("non_utilized_talent", "talent"),
    ],
)
def test_wastes(word: str, kind: str) -> None:
    (found,) = stream(LINE + f'waste {word} on dev, inbox "why"').wastes
    assert (found.kind, found.on, found.label) == (kind, ("dev", "inbox"), "why")


def test_remarks_that_cannot_be() -> None:
    assert codes(LINE + "waste boredom on dev") == ["E213"]
    assert codes(LINE + 'waste "x" on dev') == ["E209"]
    assert codes(LINE + 'note "x" on nowhere') == ["E202"]
    assert codes(LINE + "kaizen") == ["E209"]
    assert codes(LINE + 'kaizen dev "Faster"') == ["E234"]
    assert codes(LINE + 'kaizen dev "Faster" on dev') == []
    assert codes(LINE + 'kaizen k "A" on dev\nkaizen k "B" on dev') == ["E204"]
    assert codes(LINE + 'kaizen k "A" on dev status=maybe') == ["E212"]


def test_a_kaizen() -> None:
    (found,) = stream(
        LINE + 'kaizen slo "Within four hours" on inbox {\n owner = "Ravi"; due = 2026-12-15\n'
        " effort = 3d; status = planned\n set inbox wait=2h\n}"
    ).kaizens
    assert (found.key, found.on, found.owner) == ("slo", ("inbox",), "Ravi")
    assert (found.due, found.status) == (date(2026, 12, 15), "planned")
    assert isinstance(found.effort, Duration)
    assert len(found.changes) == 1


def test_notes() -> None:
    found = stream(
        LINE + 'rework test -> dev 5%\nnote on dev "a"\nnote "b"\nnote "c" on test -> dev'
    )
    assert [(one.label, one.on) for one in found.notes] == [
        ("a", ("dev",)),
        ("b", ()),
        ("c", ("test -> dev",)),
    ]


def test_source_may_stand_on_anything() -> None:
    text = (
        "map source=a\nteam t source=a\nstep dev 1h team=t source=a\ncustomer source=a\n"
        "parallel source=a { branch x source=a { } }\ninfo customer -> dev source=a\n"
        "rework dev -> dev 5% source=a\nmetric m = 3 source=a\nspan s from dev to dev source=a\n"
        'goal lead_time <= 3d source=a\nwaste waiting on dev source=a\nnote "n" source=a\n'
        "kaizen k on dev source=a\nfuture q source=a { set dev pt=2h }"
    )
    assert codes(text) == []


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("15%", Percent),
        ("250%", Percent),
        ("2/week", Rate),
        ("23.6d", Duration),
        ("~23.6d", Duration),
        ("2h..8h", Duration),
        ("2h + 3h", Duration),
        ("42", Count),
        ("42 tickets", Count),
        ("3 L + 4 R", Count),
        ("3..5", Count),
        ("good", str),
        ('"very good"', str),
        ("a, b", str),
        ("2026-11-12", str),
        ("https://x.example", str),
        ("?", Gap),
        ("none", Gap),
    ],
)
def test_metrics_may_be_anything(text: str, kind: type) -> None:
    (found,) = stream(LINE + f"metric m = {text}").metrics
    assert isinstance(found.value, kind)
    assert found.figure == ""


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("change_lead_time", "change_lead_time"),
        ("lead_time_for_changes", "change_lead_time"),
        ("change_failure_rate", "change_fail_rate"),
        ("time_to_restore", "failed_deployment_recovery_time"),
        ("MTTR", "failed_deployment_recovery_time"),
        ("lead_time", "lead_time"),
        ("anything", "anything"),
    ],
)
def test_names_of_metrics(name: str, id: str) -> None:
    assert stream(LINE + f"metric {name} = 3d").metrics[0].id == id


def test_a_metric_may_be_a_figure() -> None:
    text = LINE + 'span cycle "Cycle" from dev to test\nmetric change_lead_time = cycle.lead_time'
    assert stream(text).metrics[0].figure == "cycle.lead_time"
    assert stream(LINE + "metric m = lead_time").metrics[0].figure == "lead_time"
    assert codes(LINE + "metric m = cycel.lead_time") == ["E232"]


def test_metrics_that_cannot_be() -> None:
    assert codes(LINE + "metric m = 3\nmetric m = 4") == ["E204"]
    assert codes(LINE + "metric mttr = 3h\nmetric time_to_restore = 4h") == ["E204"]
    assert codes(LINE + "metric m = 3 colour=red") == ["E205"]
    assert codes(LINE + "metric m = 3m") == ["E302"]


@pytest.mark.parametrize(
    "text",
    [
        "lead_time <= 24d",
        "Lead_Time <= 24d",
        '"Lead time" < 24d',
        "flow_efficiency >= 15%",
        "rolled_ca > 50%",
        "handoffs <= 3",
        "rework_factor <= 1.2",
        "takt_time ≥ 3h",
        "dev.pt <= 2h",
        "dev.ca >= 90%",
        "dev.utilisation <= 90%",
        "inbox.wait <= 2h",
        "cycle.lead_time <= 3d",
        "cycle.flow_efficiency >= 3%",
        "deployment_frequency >= 2/week",
        "change_failure_rate <= 5%",
    ],
)
def test_goals(text: str) -> None:
    before = LINE + "span cycle from dev to test\nmetric deployment_frequency = 1/week\n"
    before += "metric change_fail_rate = 15%\n"
    (found,) = stream(before + f"goal {text}").goals
    assert found.future == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lead_tiem <= 24d", "E232"),
        ("dev.colour <= 24d", "E232"),
        ("cycle.takt_time <= 24d", "E232"),
        ("lead_time <= 15%", "E330"),
        ("flow_efficiency >= 3d", "E330"),
        ("dev.pt <= 15%", "E330"),
        ("lead_time <= soon", "E330"),
        ("lead_time <= ?", "E330"),
        ("lead_time <= 24", "E330"),
        ("lead_time <= 24d in q7", "E214"),
        ("lead_time <= 3m", "E302"),
    ],
)
def test_goals_that_cannot_be(text: str, code: str) -> None:
    before = LINE + "span cycle from dev to test\n"
    assert codes(before + f"goal {text}") == [code]

"""Published maps give the totals that their authors state."""

import pytest

from tests.analysis.build import DAY, HOUR, F, analysis, codes, text_of, values, whole

ACME = """
    map "Acme Stamping" {
      calendar = 20d/month
      shifts = 2
      available = 27600s
      demand = 12000 L + 6400 R/month
      timeline = inventory
    }
    inventory coils wait=5d
    step stamping ct=1s co=1h uptime=85% people=1
    inventory stamped qty=4600 L + 2400 R
    step weld1 ct=39s co=10min uptime=100% people=1
    inventory welded1 qty=1100 L + 600 R
    step weld2 ct=46s co=10min uptime=80% people=1
    inventory welded2 qty=1600 L + 850 R
    step assembly1 ct=62s co=0s uptime=100% people=1
    inventory assembled1 qty=1200 L + 640 R
    step assembly2 ct=40s co=0s uptime=100% people=1
    inventory finished qty=2700 L + 1440 R
    metric lead_time = 23.6d
    metric process_time = 188s
    metric takt_time = 60s
"""


def test_acme_stamping_as_it_is() -> None:
    assert text_of(ACME, "lead_time") == "23.6 d"
    assert values(ACME, "process_time", "takt_time") == (188, 60)
    assert text_of(ACME, "flow_efficiency") == "0.014 %"
    per_shift = [step.capacity_per_shift for step in analysis(ACME).steps]
    found = [float(one) for one in per_shift if one is not None]
    assert found == pytest.approx([23460, 707.7, 480, 445.2, 690], abs=0.05)
    assert "stated-otherwise" not in codes(ACME)
    assert [step.above_takt for step in analysis(ACME).steps] == [False, False, False, True, False]


def test_acme_stamping_levelled() -> None:
    text = """
        map { calendar = 20d/month
              shifts = 2
              available = 27600s
              demand = 920/day
              timeline = inventory }
        supermarket coils wait=1.5d
        step stamping ct=1s
        supermarket parts wait=1d
        step cell pt=168s ct=56s people=3
        supermarket finished wait=2d
        metric lead_time = 4.5d
        metric process_time = 169s
    """
    assert text_of(text, "lead_time") == "4.5 d"
    assert values(text, "process_time", "takt_time") == (169, 60)
    assert "stated-otherwise" not in codes(text)


DORA = """
    map { calendar = 8h/day, 5d/week }
    step design lt=2w pt=2d ca=70%
    step approval lt=1w pt=2h ca=60%
    queue backlog wait=included wip=120
    step planning lt=3w pt=1h ca=60%
    queue ready wait=included wip=20
    step development lt=1w pt=4d ca=80%
    queue passed wait=included wip=5
    step showcase lt=3d pt=2h ca=50%
    parallel {
      step testing lt=2d pt=1d ca=75%
      step change lt=1w pt=1h ca=90%
    }
    queue releasable wait=included wip=10
    step deployment lt=1w pt=1h ca=80%
"""


def test_the_map_of_lean_enterprise() -> None:
    assert values(DORA, "lead_time", "process_time") == (F(48 * DAY), 55 * HOUR)
    assert text_of(DORA, "lead_time") == "9.6 w"
    assert text_of(DORA, "process_time") == "55 h"
    assert text_of(DORA, "rolled_ca") == "5.4 %"
    product = F(7 * 6 * 6 * 8 * 5, 10**5) * F(75, 100) * F(9, 10) * F(8, 10)
    assert values(DORA, "rolled_ca") == (product,)
    stated = DORA + "metric process_time = 7d\nmetric rolled_ca = 5.4%"
    assert "stated-otherwise" not in codes(stated)
    assert "stated-otherwise" in codes(DORA + "metric lead_time = 9.5w")


def test_tailspin() -> None:
    text = """
        map { calendar = 8h/day }
        step label lt=3d value=nva
        step code lt=4d pt=4d
        step notify lt=2d value=nva
        step test lt=3d value=nnva
        step triage lt=3d value=nva
        step preproduction lt=2d value=nnva
        step approval lt=4d value=nva
        step deploy lt=1d pt=1d
        metric process_cycle_efficiency = 23%
    """
    found = whole(text)["metrics"]
    assert found["lead_time"]["text"] == "22 d"
    assert found["process_time"]["seconds"] == 5 * DAY
    assert found["process_time"]["bound"] == "≥"
    assert found["process_cycle_efficiency"] == {
        "ratio": 0.227273,
        "text": "22.7 %",
        "complete": True,
    }
    assert "stated-otherwise" not in codes(text)

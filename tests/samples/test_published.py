"""The published maps among the samples give the totals that their authors state.

Sources stand at the head of each sample.
"""

from fractions import Fraction
from pathlib import Path

import pytest

import vsmdsl

SAMPLES = Path(__file__).parents[2] / "samples"
ALL = sorted(SAMPLES.rglob("*.vsm"))


def compiled(name: str) -> vsmdsl.Compiled:
    return vsmdsl.compile_file(SAMPLES / name)


def value(map_: vsmdsl.Compiled, name: str, future: str = "") -> Fraction:
    state = map_.state(future)
    assert state is not None
    figure = state.analysis.metrics[name]
    assert figure is not None
    assert figure.complete
    return figure.value


def text(map_: vsmdsl.Compiled, name: str, future: str = "") -> str | None:
    return map_.metric(name, future)


def test_acme_current_state() -> None:
    acme = compiled("acme.vsm")
    assert text(acme, "lead_time") == "23.6 d"
    assert text(acme, "process_time") == "188 s"
    assert text(acme, "takt_time") == "60 s"
    # 188 s in 23.6 days of 55200 s; the book divides by days of 24 h and gets 0.0092 %.
    assert text(acme, "process_cycle_efficiency") == "0.014 %"


def test_acme_capacity_a_shift() -> None:
    acme = compiled("acme.vsm")
    capacity = {step.key: step.capacity_per_shift for step in acme.analysis.steps}
    stated = {"stamping": 23460, "weld1": 708, "weld2": 480, "assembly1": 445, "assembly2": 690}
    for key, pieces in stated.items():
        found = capacity[key]
        assert found is not None
        assert round(found) == pieces


def test_acme_future_state() -> None:
    acme = compiled("acme.vsm")
    assert text(acme, "lead_time", "leveled") == "4.5 d"
    assert text(acme, "process_time", "leveled") == "169 s"
    saved = 1 - value(acme, "lead_time", "leveled") / value(acme, "lead_time")
    assert round(float(saved) * 100, 1) == 80.9


def test_lean_enterprise() -> None:
    dora = compiled("dora.vsm")
    assert text(dora, "lead_time") == "9.6 w"  # stated as 9.5 weeks
    assert value(dora, "process_time") == 55 * 3600  # stated as 7 days
    assert text(dora, "rolled_ca") == "5.4 %"
    assert text(dora, "flow_efficiency") == "14.3 %"  # 14.5 % with the 7 days


def test_tailspin() -> None:
    tailspin = compiled("tailspin.vsm")
    assert text(tailspin, "lead_time") == "22 d"
    assert value(tailspin, "process_time") == 5 * 8 * 3600
    assert text(tailspin, "flow_efficiency") == "22.7 %"  # stated as .23


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_sample_has_no_mistake(path: Path) -> None:
    assert [one.message for one in vsmdsl.compile_file(path).diagnostics if one.is_error] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_sample_is_in_canonical_form(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert vsmdsl.format_text(source) == source

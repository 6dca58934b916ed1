"""The %C&A cascade folds to the rolled %C&A."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from vsmdsl import pipeline
from vsmdsl.analysis.cascade import cascade

ROOT = Path(__file__).parents[2]
TEXTS = [
    *((path.name, path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("samples/*.vsm"))),
    ("everything", (ROOT / "tests/cases/report/everything.vsm").read_text(encoding="utf-8")),
]


@pytest.mark.parametrize("text", [text for _, text in TEXTS], ids=[name for name, _ in TEXTS])
def test_the_last_stage_is_the_rolled_ca(text: str) -> None:
    map_ = pipeline.compile(text)
    stages, rolled = cascade(map_.stream), map_.analysis.metrics["rolled_ca"]
    assert (stages[-1].after if stages else None) == (rolled.value if rolled else None)
    for before, after in pairwise(stages):
        assert before.after == after.before


def test_a_choice_is_one_stage_with_the_mean_of_its_branches() -> None:
    text = (
        "step a pt=1h ca=90%\nchoice {\n branch x 25% { step b pt=1h ca=60% }\n"
        " branch y 75% { step c pt=1h ca=100% }\n}\n"
    )
    stages = cascade(pipeline.compile(text).stream)
    assert [one.own for one in stages] == [Fraction(9, 10), Fraction(9, 10)]
    assert stages[-1].after == Fraction(81, 100)


def test_steps_without_a_share_are_left_out() -> None:
    stages = cascade(pipeline.compile("step a pt=1h ca=?\nstep b pt=1h\n").stream)
    assert stages == ()

"""Handoffs: places between two steps where a handoff stands or the team changes."""

import pytest

from tests.analysis.build import values

CASES = {
    "a handoff between two steps": ("step a pt=1h\nhandoff h\nstep b pt=1h", 1),
    "the team changes": ("step a team=x pt=1h\nqueue q wait=1h\nstep b team=y pt=1h", 1),
    "both at one place count once": ("step a team=x pt=1h\nhandoff h\nstep b team=y pt=1h", 1),
    "two handoffs at one place": ("step a pt=1h\nhandoff h\nhandoff i\nstep b pt=1h", 1),
    "the same team": ("step a team=x pt=1h\nstep b team=x pt=1h", 0),
    "a team that nobody named": ("step a team=x pt=1h\nstep b pt=1h\nstep c team=y pt=1h", 0),
    "at the ends only where one stands": ("handoff h\nstep a team=x pt=1h\nhandoff i", 2),
    "every edge of a fork": (
        "step a team=x pt=1h\nparallel { branch p { step b team=y pt=1h }\n"
        "branch q { step c team=x pt=1h } }\nstep d team=x pt=1h",
        2,
    ),
    "a handoff before a fork stands on each of its edges": (
        "step a pt=1h\nhandoff h\nparallel { branch p { step b pt=1h }\n"
        "branch q { step c pt=1h } }\nstep d pt=1h",
        2,
    ),
    "a handoff inside a branch": (
        "step a pt=1h\nparallel { branch p { handoff h; step b pt=1h }\n"
        "branch q { step c pt=1h } }\nstep d pt=1h",
        1,
    ),
    "into a dead end, not out of it": (
        "step a team=x pt=1h\nparallel { branch p { step b team=x pt=1h }\n"
        "branch q joins=no { step c team=y pt=1h } }\nstep d team=x pt=1h",
        1,
    ),
    "round an empty branch": (
        "step a team=x pt=1h\nchoice { branch p 50% { step b team=x pt=1h }\n"
        "branch q }\nstep d team=y pt=1h",
        2,
    ),
}


@pytest.mark.parametrize(("text", "count"), CASES.values(), ids=CASES.keys())
def test_handoffs(text: str, count: int) -> None:
    assert values(text, "handoffs") == (count,)


def test_the_ends_behind_empty_branches_are_counted_not_listed() -> None:
    """Each such fork doubles the places between two steps: thirty would be a billion."""
    forks = "".join(f"choice {{ branch a{n} 50%\nbranch b{n} }}\n" for n in range(30))
    assert values(f"step a team=x\n{forks}step b team=y", "handoffs") == (2**30,)

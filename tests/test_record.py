"""A record is what a frozen dataclass is."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from vsmdsl.record import field, field_names, is_record, record, replace


@record
class Point:
    x: int
    y: int = 0
    note: str = field(default="", compare=False)


@record(kw_only=True)
class Named(Point):
    name: str
    tags: tuple[str, ...] = ()


@record(frozen=False)
class Basket:
    things: list[int] = field(default_factory=list)


def test_values_are_equal_if_the_fields_that_count_are() -> None:
    assert Point(1, note="a") == Point(1, 0, "b")
    assert hash(Point(1, note="a")) == hash(Point(1))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1, name="p")


def test_a_value_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match=r"Point\.x cannot be changed"):
        point.x = 2  # type: ignore[misc]
    assert replace(point, x=2) == Point(2)
    with pytest.raises(TypeError):
        replace(point, z=3)


def test_fields_come_with_the_type() -> None:
    assert field_names(Named) == ("x", "y", "note", "name", "tags")
    assert is_record(Point(1))
    assert not is_record(1)
    assert repr(Named(1, name="p")) == "Named(x=1, y=0, note='', name='p', tags=())"


def test_a_missing_or_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Named(1, 2, "", "p")  # type: ignore[call-arg]


def test_every_value_gets_its_own_list() -> None:
    first, second = Basket(), Basket()
    first.things.append(1)
    assert second.things == []


def test_a_value_survives_a_journey_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Named(1, name="p"))) == Named(1, name="p")


def test_match_takes_records_apart() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
        case _:
            pytest.fail("not matched")


def test_what_users_run_stands_without_the_guard() -> None:
    """The guard against changes is for tests; values are the same without it."""
    env = {key: value for key, value in os.environ.items() if key != "VSMDSL_FROZEN"}
    text = (
        "from tests.test_record import Named, replace\n"
        "one = Named(1, name='p')\n"
        "assert '__setattr__' not in vars(Named)\n"
        "assert replace(one, x=2) == Named(2, name='p') != one == Named(1, 0, 'n', name='p')\n"
        "assert hash(one) == hash(Named(1, name='p'))\n"
    )
    command = [sys.executable, "-c", text]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0

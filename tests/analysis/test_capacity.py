"""Takt, effective cycle time, capacity, utilisation, constraint."""

from tests.analysis.build import DAY, HOUR, F, analysis, values
from vsmdsl.analysis.result import StepFigures

DEMAND = "map { calendar = 8h/day\n demand = 10/day }\n"


def step(text: str) -> StepFigures:
    found = analysis(DEMAND + text).step("a")
    assert found is not None
    return found


def cycle(text: str) -> F | None:
    figure = step(text).effective_cycle_time
    return figure.value if figure else None


def test_takt_is_available_time_over_demand() -> None:
    assert values(DEMAND + "step a pt=1h", "takt_time") == (F(DAY, 10),)
    assert values("step a pt=1h", "takt_time") == (None,)


def test_effective_cycle_time() -> None:
    assert cycle("step a ct=60s") == 60
    assert cycle("step a ct=60s co=10min batch=20") == 90
    assert cycle("step a ct=60s co=10min batch=20 stations=2") == 45
    assert cycle("step a ct=60s co=10min") == 60  # not counted without a batch
    assert cycle("step a pt=168s ct=56s people=3") == 56  # people never divides ct


def test_knowledge_work_is_shared_by_its_people() -> None:
    assert cycle("step a pt=3h people=4") == F(3, 4) * HOUR
    assert cycle("step a pt=3h") is None
    assert cycle("step a pt=3h people=?") is None
    text = "team t people=6\nstep a pt=3h team=t"
    assert cycle(text) is None  # never its team's people


def test_capacity() -> None:
    assert step("step a ct=1h uptime=50%").capacity_per_day == 4
    assert step("step a ct=1h yield=75%").capacity_per_day == 6
    assert step("step a ct=1h scrap=25%").capacity_per_day == 6
    assert step("step a ct=1h uptime=?").capacity_per_day is None
    own = step("step a ct=1h available=6h shifts=2")
    assert own.capacity_per_day == 12
    assert own.capacity_per_shift == 6
    assert step("step a ct=1h").capacity_per_shift is None


def test_capacity_per_shift_where_the_map_has_shifts() -> None:
    text = "map { shifts = 2\n available = 27600s }\nstep a ct=1s uptime=85%"
    found = analysis(text).step("a")
    assert found
    assert found.capacity_per_shift == 23460
    assert found.capacity_per_day == 46920


def test_utilisation_counts_the_visits() -> None:
    assert step("step a ct=30min").utilisation == F(10, 16)
    assert step("step a ct=30min\nrework a -> a 50%").utilisation == F(20, 16)
    text = "choice { branch x 40% { step a ct=30min }; branch y { step b ct=1h } }"
    assert step(text).utilisation == F(4, 16)


def test_above_takt_is_strict() -> None:
    assert step("step a ct=48min").above_takt is False
    assert step("step a ct=2881s").above_takt is True
    assert analysis("step a ct=1h").steps[0].above_takt is None


def constraint(text: str) -> tuple[str, str] | None:
    found = analysis(text).constraint
    return (found.step, found.by) if found else None


def test_the_constraint_has_the_highest_utilisation() -> None:
    text = DEMAND + "step a ct=30min\nstep b ct=20min\nstep c pt=9h\nrework b -> b 50%"
    assert constraint(text) == ("b", "utilisation")


def test_without_demand_the_longest_cycle_then_the_longest_work() -> None:
    assert constraint("step a ct=1h\nstep b ct=2h\nstep c pt=9h") == ("b", "cycle_time")
    assert constraint("step a pt=1h\nstep c pt=9h\nstep d pt=9h") == ("c", "process_time")
    assert constraint("step a") is None


def test_the_first_on_a_tie_and_never_in_a_dead_end() -> None:
    assert constraint(DEMAND + "step a ct=1h\nstep b ct=1h") == ("a", "utilisation")
    text = (
        "step a pt=1h\nparallel { branch x { step b pt=2h }; branch y joins=no { step c pt=9h } }"
    )
    assert constraint(text) == ("b", "process_time")


def test_a_step_in_a_shorter_branch_may_be_the_constraint() -> None:
    text = "parallel { branch x { queue q wait=9d; step a pt=1h }; branch y { step b pt=2h } }"
    assert constraint(DEMAND + text.replace("pt", "ct")) == ("b", "utilisation")

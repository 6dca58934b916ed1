"""Thousands of suppliers and customers: who has no arrow of their own is listed, at once."""

import time

import vsmdsl


def test_those_who_are_listed_are_not_compared_with_each_other() -> None:
    parties = "".join(f'customer c{n} "Customer {n}"\n' for n in range(3_000))
    shipments = "".join(f"shipment s -> c{n} by=truck every=1w\n" for n in range(1_500))
    compiled = vsmdsl.compile(f"step s pt=1h\n{parties}{shipments}")
    start = time.process_time()
    picture = str(vsmdsl.render(compiled))
    assert time.process_time() - start < 5  # half a second; it took ten
    assert "Customer 2999" in picture


def test_schedules_of_thousands_of_steps_and_planners() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(2_000))
    planners = "".join(f'control c{n} "Planner {n}"\n' for n in range(2_000))
    each = "".join(f'info c{n} -> s{n} "Plan {n}"\n' for n in range(1_000))
    one = "".join(f'info c0 -> s{n} "List {n}"\n' for n in range(1_000, 2_000))
    compiled = vsmdsl.compile(f"{steps}{planners}{each}{one}")
    assert compiled.current.analysis.metrics
    start = time.process_time()
    picture = str(vsmdsl.render(compiled))
    assert time.process_time() - start < 8  # one second; it took eight
    assert "Plan 999" in picture


def test_cards_that_travel_back_over_thousands_of_steps() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(4_000))
    cards = "".join(f'info s{3_999 - n} -> s{n} "Card {n}" by=kanban\n' for n in range(1_990))
    compiled = vsmdsl.compile(f"{steps}{cards}")
    assert compiled.current.analysis.metrics
    start = time.process_time()
    assert "Card 1989" in str(vsmdsl.render(compiled))
    assert time.process_time() - start < 8  # one second; it took six


def test_thousands_of_customers_beside_thousands_of_rows() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(5_000))
    parties = "".join(f'customer c{n} "Customer {n}"\n' for n in range(9_000))
    compiled = vsmdsl.compile(f"{steps}{parties}")
    assert compiled.current.analysis.metrics
    start = time.process_time()
    assert "Customer 8999" in str(vsmdsl.render(compiled, width=800))
    assert time.process_time() - start < 15  # two seconds; it took eight

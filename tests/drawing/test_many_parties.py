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

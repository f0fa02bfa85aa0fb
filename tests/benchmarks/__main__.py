"""Run the benchmarks that are named, or all; exit 1 when a goal is missed.

`python -m tests.benchmarks [NAME ...]`, or `store` with its options: `store --help`.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import takewhile

from tests.benchmarks import engine, first_frame, store, world

BENCHMARKS: dict[str, Callable[[], int]] = {
    "first-frame": first_frame.main,
    "engine": engine.main,
    "world": world.main,
}


def main(arguments: list[str]) -> int:
    """Run them one after the other."""
    names = list(takewhile(lambda one: not one.startswith("-"), arguments))
    of_store = partial(store.main, arguments[len(names) :])
    benchmarks: dict[str, Callable[[], int]] = {**BENCHMARKS, "store": of_store}
    unknown = [name for name in names if name not in benchmarks]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(benchmarks)}")
        return 2
    return max(benchmarks[name]() for name in names or benchmarks)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

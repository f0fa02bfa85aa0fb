"""Run the benchmarks that are named, or all; exit 1 when a goal is missed."""

import sys

from tests.benchmarks import engine, first_frame, world

BENCHMARKS = {"first-frame": first_frame.main, "engine": engine.main, "world": world.main}


def main(names: list[str]) -> int:
    """Run them one after the other."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
        return 2
    return max(BENCHMARKS[name]() for name in names or BENCHMARKS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

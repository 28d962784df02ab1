"""A storm in figures, for people and for the log of a test run."""

from collections import Counter

from tests.chaos.storm import Report

SHOWN = 20  # breaches at most


def lines(report: Report, *, seed: str, database: str) -> list[str]:
    """The figures, and what should not have happened."""
    kept = not report.breaches
    return [
        f"chaos on {database}, seed {seed}: {report.clicks} clicks in {report.seconds:.0f} s "
        f"({report.clicks / report.seconds:.0f} a second)",
        f"  sent         {report.posts} requests; answers: {_counted(report.answers)}",
        f"  weather      {_counted(report.weather)}",
        f"  on the wire  {report.wire} calls, of which {report.rang} rang; "
        f"at most {report.busiest_second} a second at one cluster",
        f"  in the log   {_counted(report.outcomes)}",
        f"  promise      {'kept' if kept else f'broken {len(report.breaches)} times'}",
        *(f"    {breach}" for breach in report.breaches[:SHOWN]),
    ]


def _counted(counts: "Counter[str] | Counter[int]") -> str:
    return ", ".join(f"{count} {name or 'none'}" for name, count in counts.most_common())

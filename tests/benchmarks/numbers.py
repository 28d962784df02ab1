"""Reading, formatting and ruling 100,000 numbers, beside the bare library's parse of the same.

    python -m tests.benchmarks.numbers [count]

Both are timed in one run, in rounds that take turns, so that a busy machine slows both. Then the
pattern matcher is given adversarial patterns and inputs of doubling size.
"""

import sys
from pathlib import Path

# Run by its path, this folder would stand first and hide the standard library's own numbers.
# ruff: noqa: E402 - so the path comes before the other imports.
sys.path[0] = str(Path(__file__).resolve().parents[2])

import random
import statistics
import time
from collections.abc import Callable

import phonenumbers
from phonenumbers import PhoneNumberFormat

from clicktodial.dialplan.number import read
from clicktodial.dialplan.pattern import Pattern
from clicktodial.dialplan.rules import Plan, Plus, Range, Rule, apply

ROUNDS = 5
REGIONS = ("CH", "DE", "GB", "US", "FR", "SG", "IT", "JP", "BR", "IN", "AU", "AT")
FORMATS = (
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.NATIONAL,
    PhoneNumberFormat.E164,
)
TYPES = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)

Written = list[tuple[str, str]]


def written_numbers(count: int) -> Written:
    """Texts with the region each is read in: a third each international, national and E.164,
    and every tenth with a label and an extension."""
    dice = random.Random(7)
    made: Written = []
    while len(made) < count:
        region = dice.choice(REGIONS)
        example = phonenumbers.example_number_for_type(region, dice.choice(TYPES))
        ending = dice.randrange(10_000)
        number = phonenumbers.PhoneNumber(
            country_code=example.country_code,
            national_number=example.national_number // 10_000 * 10_000 + ending,
            italian_leading_zero=example.italian_leading_zero,
        )
        text = phonenumbers.format_number(number, FORMATS[len(made) % len(FORMATS)])
        made.append((f"Tel. {text} ext. 12" if len(made) % 10 == 0 else text, region))
    return made


def plan_of_fifty() -> Plan:
    """Fifty rules as a large company has them, two ranges, + replaced, an outside prefix."""
    codes = [str(code) for code in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)]
    rules = [Rule(f"By digits {n}", digits=n, begins_with="9", prefix="0") for n in range(3, 8)]
    rules += [Rule(f"Site {n}", pattern=rf"8{n}XXXX!", prefix="0") for n in range(5)]
    rules += [
        Rule(f"Country {code}", begins_with=f"+{code}5", remove=1, prefix="000")
        for code in codes[: 50 - len(rules)]
    ]
    ranges = (
        Range("Zurich", "+41445550000", "+41445559999", keep=4),
        Range("Berlin", "+49305550000", "+49305559999", keep=4, prefix="8"),
    )
    return Plan("Bench", ranges, tuple(rules), plus=Plus.REPLACE, outside_prefix="0")


def bare(numbers: Written) -> None:
    """The library's parse and nothing else."""
    for text, region in numbers:
        phonenumbers.parse(text, region)


def ours(numbers: Written, plan: Plan) -> None:
    """Read, formatted and ruled."""
    for text, region in numbers:
        number = read(text, region=region)
        _ = number.display
        apply(number, plan)


def seconds(work: Callable[[], object]) -> float:
    """Of this process alone: what else runs on the machine has no part in it."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(count: int) -> float:
    numbers, plan = written_numbers(count), plan_of_fifty()
    bare(numbers[:3000])
    ours(numbers[:3000], plan)
    ratios = []
    print(f"{'round':>5} {'bare parse':>12} {'ours':>12} {'ratio':>7}")
    for turn in range(1, ROUNDS + 1):
        theirs, own = seconds(lambda: bare(numbers)), seconds(lambda: ours(numbers, plan))
        ratios.append(own / theirs)
        per = 1e6 / count
        print(f"{turn:>5} {theirs * per:>9.1f} us {own * per:>9.1f} us {ratios[-1]:>7.2f}")
    return statistics.median(ratios)


def growth() -> float:
    """The time for a four times longer input over four times the time, at its worst."""
    worst = 0.0
    print(f"\n{'pattern':<24} {'signs':>8} {'ms':>9}  time a sign against the size before")
    for pattern in (Pattern("!" * 50 + "#"), Pattern("!X!X!X!X*"), Pattern("[0-9]!" * 16 + "*")):
        before = 0.0
        for size in (10_000, 20_000, 40_000, 80_000):
            digits = "1" * size
            per_sign = min(seconds(lambda: pattern.fits(digits)) for _ in range(5)) / size  # noqa: B023
            ratio = per_sign / before if before else 1.0
            worst, before = max(worst, ratio), per_sign
            print(f"{pattern.text[:24]:<24} {size:>8} {per_sign * size * 1e3:>9.2f}  {ratio:.2f}")
    return worst


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{count} numbers, 50 rules, {ROUNDS} rounds")
    measured = [("numbers_over_bare_parse", compare(count)), ("matcher_growth_per_sign", growth())]
    print()
    for name, value in measured:
        print(f"{name} = {value:.2f} (target <= 2) {'holds' if value <= 2 else 'falls short'}")
    return 0 if all(value <= 2 for _, value in measured) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What must not have happened: the call log and the pages, held against what reached the nodes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.chaos.clicks import Answer, Click
from tests.chaos.company import APPLICATION_USER

Facts = Mapping[str, Any]

BUSY_CODES = (6, 9)
# Answers that say by their HTTP status that nothing was done for the request.
TURNED_AWAY = ("http_401", "http_404", "redirect_307")
OPEN = ("placing", "sending")


def breaches(
    clicks: Sequence[Click],
    *,
    rows: Iterable[Facts],
    wire: Iterable[Facts],
    answers: Iterable[Answer],
) -> list[str]:
    """A sentence for everything that breaks the promise; empty where it was kept.

    `rows` are the call log's, with the person's user name; `wire` is every makeCall that the
    witness saw, in order.
    """
    known = {click.number: click for click in clicks}
    sent: dict[str, list[Facts]] = defaultdict(list)
    for call in wire:
        sent[call["destination"]].append(call)
    logged: dict[str, list[Facts]] = defaultdict(list)
    for row in rows:
        logged[row["digits"]].append(row)
    found = [f"{n}: dialled, and nobody clicked it" for n in {*sent, *logged} - {*known}]
    for number, click in known.items():
        told = [*_of_wire(click, sent[number]), *_of_log(click, logged[number], sent[number])]
        found += [f"{number}: {problem}" for problem in told]
    tokens = {click.token: click for click in clicks}
    for answer in answers:
        number = tokens[answer.token].number
        found += [f"{number}: {problem}" for problem in _of_page(answer, sent[number])]
    return found


def _of_wire(click: Click, calls: Sequence[Facts]) -> Iterator[str]:
    """One click, one call, from the person's own phone."""
    if sum(call["rang"] for call in calls) > 1:
        yield f"rang {sum(call['rang'] for call in calls)} times"
    for call in calls[:-1]:
        if not _certainly_nothing(call):
            yield f"asked for again after {call['fault'] or call['code']} at {call['node']}"
    mine = click.person
    own = (mine.cluster, mine.user_id, mine.device, mine.line, APPLICATION_USER)
    for call in calls:
        named = tuple(call[name] for name in ("cluster", "user", "device", "line", "by"))
        if named != own:
            yield f"dialled by {named}, not by {own}"


def _of_log(click: Click, rows: Sequence[Facts], calls: Sequence[Facts]) -> Iterator[str]:
    """One row, settled, that claims no more than the witness saw."""
    if len(rows) > 1:
        yield f"{len(rows)} rows"
    if calls and not rows:
        yield "sent without a row"
    rang = any(call["rang"] for call in calls)
    for row in rows:
        mine = click.person
        own = (mine.user_id, click.token, mine.device, mine.line)
        if tuple(row[name] for name in ("user", "click", "device", "line")) != own:
            yield "in the log under another person, click or phone"
        yield from _of_outcome(row, calls, rang=rang)


def _of_outcome(row: Facts, calls: Sequence[Facts], *, rang: bool) -> Iterator[str]:
    outcome = row["outcome"]
    if outcome in OPEN:
        yield f"never settled: {outcome}"
    if outcome == "accepted" and not rang:
        yield "accepted in the log, and Unified CM did not take it"
    if outcome in ("refused", "not_sent") and rang:
        yield f"{outcome} in the log, and the phone rang"
    if outcome == "refused" and row["code"] not in [call["code"] for call in calls]:
        yield f"refused with code {row['code']}, which no node said"
    if outcome == "not_sent" and not all(map(_certainly_nothing, calls)):
        yield "not sent according to the log, and a node may have acted upon it"


def _of_page(answer: Answer, calls: Sequence[Facts]) -> Iterator[str]:
    """What a page said about a call, once it said anything final."""
    rang = any(call["rang"] for call in calls)
    if answer.status == 200 and answer.state == "accepted" and not rang:
        yield "the page said that the call was taken, and it was not"
    if answer.status == 200 and answer.state == "refused" and rang:
        yield "the page said that no call was placed, and the phone rang"
    if answer.status in (400, 403, 404, 422) or answer.status >= 500:
        yield f"the site answered {answer.status}"


def _certainly_nothing(call: Facts) -> bool:
    """Whether the node's answer leaves no doubt that the phone stayed silent."""
    said_so = call["code"] in BUSY_CODES or call["fault"] in TURNED_AWAY
    return bool(said_so and not call["rang"])


def most_in_a_second(wire: Iterable[Facts]) -> int:
    """The most calls that reached one cluster within any second."""
    times: dict[str, list[float]] = defaultdict(list)
    for call in wire:
        times[call["cluster"]].append(call["at"])
    most = 0
    for moments in times.values():
        moments.sort()
        first = 0
        for last, moment in enumerate(moments):
            while moment - moments[first] >= 1:
                first += 1
            most = max(most, last - first + 1)
    return most

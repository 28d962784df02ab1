"""Who reports to whom: managers named by words, found in any order, never in a circle."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Sequence

from django.utils.translation import gettext as _

from directory.imports import tables
from directory.models import ImportItem, ImportRun

DEEPEST = 100
_UNKNOWN = "?"
"""In front of a manager's words that nobody in the directory answers to yet."""


def known(words: Sequence[str], *, by: str, source: str) -> dict[str, int]:
    """The ids of the people whom these words name, where exactly one is named."""
    asked = sorted({each for each in words if each})
    if not asked:
        return {}
    condition, params = tables.among(by, asked)
    question = f"SELECT {by}, MIN(id), COUNT(*) FROM directory_person WHERE {condition}"
    if by == "external_id":
        question, params = f"{question} AND source = %s", [*params, source]
    rows = tables.fetch(f"{question} GROUP BY {by}", params)
    return {word: pk for word, pk, count in rows if count == 1}


def unknown(word: str) -> str:
    return _UNKNOWN + word


def settle(run: ImportRun, *, by: str) -> None:
    """Finds managers who come with the same import; leaves alone who is nobody, and circles."""
    items = ImportItem.objects.filter(run=run, boss_new__startswith=_UNKNOWN)
    last = 0
    while batch := list(items.filter(pk__gt=last).order_by("pk")[: tables.BATCH]):
        last = batch[-1].pk
        words = {item.boss_new[1:] for item in batch}
        column = "external_id" if by == "external_id" else f"after__{by}"
        fresh = ImportItem.objects.filter(
            run=run, kind=ImportItem.Kind.NEW, **{f"{column}__in": words}
        )
        ids = dict(fresh.values_list(column, "external_id"))
        lost = []
        for item in batch:
            word = item.boss_new[1:]
            item.boss_new = ids.get(word, "")
            if not item.boss_new:
                told = _("The manager “%(word)s” is neither in the source nor in the directory.")
                lost.append((item, told % {"word": word}))
        ImportItem.objects.bulk_update(batch, ["boss_new"], batch_size=200)
        for item, reason in lost:
            _leave_alone(item, kind=ImportItem.Kind.DOUBTFUL, reason=reason)
    # What is left alone may close another circle with what is not.
    while circles := _in_circles(run):
        reason = _("The manager is left as it is: the two would report to each other, perhaps "
                   "through others.")  # fmt: skip
        for item in circles:
            _leave_alone(item, kind=ImportItem.Kind.CONFLICT, reason=reason)


def _leave_alone(item: ImportItem, *, kind: str, reason: str) -> None:
    """Tells it, and takes the manager out of what is to be done."""
    ImportItem.objects.create(
        run_id=item.run_id, kind=kind, line=item.line, person_id=item.person_id,
        external_id=item.external_id, label=item.label, reason=reason,
    )  # fmt: skip
    item.boss_changes, item.boss_id, item.boss_new = False, None, ""
    item.before.pop("manager_id", None)
    item.after.pop("manager_id", None)
    if item.kind == ImportItem.Kind.CHANGED and not item.after:
        item.delete()
    else:
        item.save()


def _in_circles(run: ImportRun) -> list[ImportItem]:
    """Those who would stand above themselves, walking up as things are and as they will be.

    The plus keeps SQLite from looking through everybody who is new for each one of them.
    """
    question = f"""
    WITH RECURSIVE up(item, p, n, depth) AS (
      SELECT id, boss_id, CAST(boss_new AS text), 1 FROM directory_importitem
      WHERE run_id = %s AND boss_changes AND (boss_id IS NOT NULL OR boss_new <> '')
      UNION ALL
      SELECT up.item,
        CASE WHEN i.id IS NOT NULL THEN i.boss_id WHEN up.n = '' THEN p.manager_id END,
        CAST(COALESCE(i.boss_new, '') AS text), up.depth + 1
      FROM up LEFT JOIN directory_importitem i ON i.id = COALESCE(
        (SELECT MIN(j.id) FROM directory_importitem j
         WHERE j.run_id = %s AND j.person_id = up.p AND j.boss_changes),
        (SELECT MIN(j.id) FROM directory_importitem j
         WHERE j.run_id = %s AND j.external_id = up.n AND +j.person_id IS NULL AND j.boss_changes))
      LEFT JOIN directory_person p ON p.id = up.p AND up.n = ''
      WHERE up.depth < {DEEPEST} AND (up.p IS NOT NULL OR up.n <> '')
    )
    SELECT DISTINCT i.id FROM up JOIN directory_importitem i ON i.id = up.item
    WHERE up.p = i.person_id OR (up.n <> '' AND up.n = i.external_id AND i.person_id IS NULL)
    """
    ids = [pk for (pk,) in tables.fetch(question, [run.pk] * 3)]
    return list(ImportItem.objects.filter(pk__in=ids).order_by("pk"))

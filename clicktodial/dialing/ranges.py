"""The ranges of one's own numbers in the dial plans, for whoever asks whose number that is."""

from clicktodial.dialing.models import NumberRange


def every_range() -> list[tuple[str, str, str, str, int, str]]:
    """Each range of an enabled cluster: name, location code, first, last, digits kept, prefix.

    A dotted-path setting may name this function, so it gives plain values.
    """
    rows = NumberRange.objects.filter(plan__cluster__enabled=True)
    fields = ("name", "plan__location", "first", "last", "keep", "prefix")
    return list(rows.order_by("plan", "order", "pk").values_list(*fields))

"""What people have said themselves, so that imports leave it alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.people import Person


class OwnField(models.Model):
    """A field of an entry that its person keeps; deleted, the next import says it again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_fields")
    field = models.CharField(_("field"), max_length=40)
    since = models.DateTimeField(_("since"), auto_now=True)

    class Meta:
        ordering = ("field",)
        verbose_name = _("field kept by hand")
        verbose_name_plural = _("fields kept by hand")
        constraints = (
            models.UniqueConstraint(fields=("person", "field"), name="a_field_is_kept_once"),
        )

    def __str__(self) -> str:
        return self.field

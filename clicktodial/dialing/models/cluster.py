"""A Unified CM cluster, its nodes, and the turns taken at its door."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.sealed import SealedField
from clicktodial.webdialer import Address, Limits, ProxyCredential

WINDOW = (300, 2000)  # pixels


class Known(models.TextChoices):
    """As whom the site speaks to Unified CM when it dials for a person."""

    PROXY = "proxy", _("the site's application user")
    PASSWORD = "password", _("the person's own password")
    TOKEN = "token", _("the person's single sign-on")


class PopupAddress(models.TextChoices):
    NODE = "node", _("This cluster's own WebDialer page")
    REDIRECTOR = "redirector", _("WebdialerRedirector, which finds the home cluster")


class PopupMethod(models.TextChoices):
    POST = "post", _("POST: keeps the number out of logs")
    GET = "get", _("GET: keeps people signed in when Unified CM is on another domain")


class Cluster(models.Model):
    """One Unified CM cluster and the application user that may dial for its people."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    application_user = models.CharField(
        _("application user"),
        max_length=128,
        blank=True,
        help_text=_(
            "An application user of Unified CM in the group "
            "“Standard EM Authentication Proxy Rights”."
        ),
    )
    proxy_password = SealedField(_("proxy password"), blank=True, default="", editable=False)
    ca = models.TextField(
        _("certificate authority"),
        blank=True,
        help_text=_("The CA that signed the nodes' Tomcat certificates, as PEM text."),
    )

    connect_seconds = models.FloatField(
        _("seconds to connect"),
        default=3,
        validators=[MinValueValidator(0.1), MaxValueValidator(30)],
    )
    answer_seconds = models.FloatField(
        _("seconds to answer"),
        default=8,
        validators=[MinValueValidator(0.1), MaxValueValidator(60)],
    )
    calls_a_second = models.PositiveSmallIntegerField(
        _("calls a second"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("“Maximum Concurrent Call Requests” of the WebDialer service: 1 to 8."),
    )
    end_call_seconds = models.PositiveSmallIntegerField(
        _("seconds to hang up"),
        default=15,
        validators=[MinValueValidator(10), MaxValueValidator(60)],
        help_text=_("How long Hang up stands out after a call: 10 to 60."),
    )

    ends_codes_with_hash = models.BooleanField(
        _("# behind codes"),
        default=True,
        help_text=_("Sent behind FAC and CMC, so that Unified CM need not wait for more digits."),
    )
    # Anew at every change of a dial plan; what a worker remembers of the plans goes by it.
    plans_stamp = models.UUIDField(default=uuid4, editable=False)

    offers_desk_phone = models.BooleanField(_("desk phone, dialled by this site"), default=True)
    offers_popup = models.BooleanField(_("Unified CM's pop-up"), default=True)
    popup_address = models.CharField(
        _("pop-up address"), max_length=12, choices=PopupAddress, default=PopupAddress.NODE
    )
    popup_method = models.CharField(
        _("pop-up method"), max_length=4, choices=PopupMethod, default=PopupMethod.POST
    )

    popup_width = models.PositiveSmallIntegerField(_("width of the window"), default=800)
    popup_height = models.PositiveSmallIntegerField(
        _("height of the window"),
        default=600,
        help_text=_("In pixels, 300 to 2000. Single sign-on pages need room: try 1000 by 760."),
    )
    # Here and not once for the site: which softphone is installed, and registered with which
    # Unified CM, goes by cluster.
    offers_tel = models.BooleanField(_("softphone by tel:"), default=False)
    offers_ciscotel = models.BooleanField(_("softphone by ciscotel:"), default=False)
    offers_webextel = models.BooleanField(_("softphone by webextel:"), default=False)
    offers_callto = models.BooleanField(_("softphone by callto:"), default=False)
    offers_proxy_page = models.BooleanField(
        _("makeCallProxy page"),
        default=False,
        help_text=_(
            "For people who themselves hold proxy rights. Their browser posts what they fill in "
            "straight to Unified CM; this site never sees it."
        ),
    )

    offers_proxy = models.BooleanField(_("by the application user"), default=True)
    offers_password = models.BooleanField(
        _("by one's own password"),
        default=False,
        help_text=_("People may enter their Unified CM password; it is kept for the session only."),
    )
    offers_token = models.BooleanField(_("by single sign-on"), default=False)
    sso_client_id = models.CharField(
        _("single sign-on client id"),
        max_length=200,
        blank=True,
        help_text=_(
            "The client id that Unified CM knows. This site's /dial/token/ address must stand in "
            "“Redirect URIs for Third Party SSO Client” in its enterprise parameters."
        ),
    )

    proven_at = models.DateTimeField(_("proven at"), null=True, blank=True, editable=False)
    trying_until = models.DateTimeField(_("tried until"), null=True, blank=True, editable=False)
    # Two answers "wrong password" more and Unified CM locks the application user for everybody.
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True, editable=False)
    stopped_code = models.PositiveSmallIntegerField(
        _("stopped by code"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ("order", "name")
        permissions = (("use_doctor", _("Can ask the doctor")),)
        constraints = [
            models.CheckConstraint(
                condition=Q(calls_a_second__range=(1, 8)),
                name="a_cluster_takes_1_to_8_calls_a_second",
            ),
            models.CheckConstraint(
                condition=Q(end_call_seconds__range=(10, 60)),
                name="hang_up_is_offered_10_to_60_seconds",
            ),
            models.CheckConstraint(
                condition=Q(popup_width__range=WINDOW) & Q(popup_height__range=WINDOW),
                name="a_window_is_300_to_2000_pixels",
                violation_error_message=_("The window is 300 to 2000 pixels wide and high."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> Limits:
        """The time limits of one request to a node, in seconds."""
        return Limits(
            connect=self.connect_seconds,
            answer=self.answer_seconds,
            total=self.connect_seconds + self.answer_seconds,
        )

    @property
    def needs_proxy(self) -> bool:
        """Whether anybody is dialled for by the application user."""
        return self.offers_desk_phone and self.offers_proxy

    @property
    def has_proxy(self) -> bool:
        return bool(self.application_user and self.proxy_password)

    @property
    def proxy(self) -> ProxyCredential:
        """What the application user shows to Unified CM; raises fields.WrongKey."""
        return ProxyCredential(self.application_user, self.proxy_password.open())


class NodeQuerySet(models.QuerySet["Node"]):
    def in_turn(self) -> "list[Node]":
        """The enabled nodes, those at rest last: a resting node is better than none."""
        now = timezone.now()
        return sorted(
            self.filter(enabled=True).order_by("order", "pk"),
            key=lambda node: max(node.resting_until or now, now),
        )


class Node(models.Model):
    """One server of a cluster that runs the WebDialer service."""

    LONGEST_REST = timedelta(minutes=5)
    FIRST_REST = timedelta(seconds=5)

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="nodes")
    host = models.CharField(
        _("host"), max_length=253, help_text=_("The name in the node's certificate.")
    )
    port = models.PositiveIntegerField(
        _("port"), default=8443, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    secure = models.BooleanField(
        _("HTTPS"), default=True, help_text=_("Off sends the proxy password in the clear.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    enabled = models.BooleanField(_("enabled"), default=True)
    release = models.CharField(
        _("release"), max_length=20, blank=True, help_text=_("For example 15SU5. For the notices.")
    )

    generation = models.CharField(_("speaks"), max_length=8, blank=True, editable=False)
    probed_at = models.DateTimeField(_("asked at"), null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0, editable=False)
    resting_until = models.DateTimeField(_("resting until"), null=True, blank=True, editable=False)
    trouble = models.CharField(_("last trouble"), max_length=200, blank=True, editable=False)

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("node")
        verbose_name_plural = _("nodes")
        ordering = ("cluster", "order", "pk")
        constraints = [
            models.UniqueConstraint("host", "port", name="one_node_per_host_and_port"),
            models.CheckConstraint(
                condition=Q(port__range=(1, 65535)), name="a_port_is_1_to_65535"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def clean(self) -> None:
        self.host = self.host.strip().rstrip(".").strip("[]").lower()
        if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+", self.host):
            raise ValidationError(
                {"host": _("Enter only the host's name, such as cucm-pub.example.com.")}
            )

    @property
    def address(self) -> Address:
        return Address(self.host, self.port, self.secure)

    def rests(self, now: Any = None) -> bool:
        return self.resting_until is not None and self.resting_until > (now or timezone.now())

    def rest(self, trouble: str) -> None:
        """Let the node alone for a while that doubles with every failure in a row."""
        self.failures = min(self.failures + 1, 30)
        pause = min(self.FIRST_REST * 2 ** (self.failures - 1), self.LONGEST_REST)
        self.resting_until = timezone.now() + pause
        self.trouble = trouble[:200]
        self.save(update_fields=["failures", "resting_until", "trouble"])

    def recover(self) -> None:
        """The node answered: it is as good as any again."""
        if self.failures:
            self.failures, self.resting_until, self.trouble = 0, None, ""
            self.save(update_fields=["failures", "resting_until", "trouble"])

    def learn(self, generation: str) -> None:
        """Remember what the node speaks, as just found out."""
        self.generation, self.probed_at = generation, timezone.now()
        self.save(update_fields=["generation", "probed_at"])


class Turns(models.Model):
    """The latest turns taken at a cluster, shared by every worker on every host."""

    cluster = models.OneToOneField(Cluster, models.CASCADE, primary_key=True, related_name="turns")
    taken = models.JSONField(default=list)  # seconds since the epoch, the oldest first

    def __str__(self) -> str:
        return f"turns of {self.cluster_id}"

"""What browsers complained about: errors, warnings, exceptions, breaches of the CSP."""

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError


class Console:
    """The complaints of every page of the contexts it watches."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._expected: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", self._hear_exception)

    def expect(self, text: str) -> None:
        """A complaint with this text belongs to the test: it may come, and has to."""
        self._expected.append(text)

    def check(self) -> None:
        """Nothing was complained about but what was expected, and that was."""
        surprises = [said for said in self._said if not any(it in said for it in self._expected)]
        assert not surprises, "\n".join(surprises)
        missing = [it for it in self._expected if not any(it in said for said in self._said)]
        assert not missing, f"expected, and not complained about: {missing}"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self._said.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _hear_exception(self, error: WebError) -> None:
        self._said.append(f"exception: {error.error}")

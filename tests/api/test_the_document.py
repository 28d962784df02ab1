"""The OpenAPI document is true: schemathesis asks everything it describes, and much it does not."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import Phase, given, seed
from hypothesis import settings as bounds
from schemathesis import GenerationMode
from schemathesis.config import (
    ChecksConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)

import clicktodial.api
from clicktodial.api.models import Scope, Token
from clicktodial.simulator import Simulator
from directory.models import Person

SEED, EXAMPLES = 20_250_301, 25
DOCUMENT = Path(clicktodial.api.__file__).with_name("openapi.json")
DESCRIBED = [
    (path, method)
    for path, methods in json.loads(DOCUMENT.read_text())["paths"].items()
    for method in methods
]
# A text that the document allows need not be a number, and a call may have to wait for a person.
TAKEN = ["2xx", "400", "404", "409", "422", "429"]


@pytest.fixture
def document(settings: Any, ada: Any, nora: Person, simulator: Simulator) -> Any:
    settings.API_REQUESTS_A_MINUTE = settings.LOOKUPS_A_MINUTE = 1_000_000
    checks = ChecksConfig(
        positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=TAKEN)
    )
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(checks=checks)))
    return schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), config=config
    )


@pytest.fixture
def token(ada: Any) -> str:
    _token, text = Token.objects.issue(user=ada, name="fuzz", scopes=list(Scope), days=1)
    return text


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), DESCRIBED)
def test_every_answer_is_as_the_document_says(
    path: str, method: str, mode: GenerationMode, document: Any, token: str
) -> None:
    """Asked as described, and asked wrongly; each time with a good token and once without."""

    @seed(SEED)
    @bounds(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate])
    @given(case=document[path][method].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        # The WSGI client unpacks nothing; over HTTP, programs get what they say they take.
        plain = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=plain)

    ask()


def test_the_document_is_open_to_every_tool(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"

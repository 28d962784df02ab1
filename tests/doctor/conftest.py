from tests.dialing.conftest import (  # noqa: F401
    ada,
    browser_of,
    bruno,
    clusters,
    running_simulator,
    simulator,
)

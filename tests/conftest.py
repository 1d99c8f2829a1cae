"""The fixtures that every room of the tests may use, and how long an example may take."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.sleutels"]

# A machine that is busy with something else is no fault in the broker.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

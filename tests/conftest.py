"""The fixtures that every room of the tests may use."""

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.sleutels"]

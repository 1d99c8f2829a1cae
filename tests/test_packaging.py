"""What makes the project a project: locks, image, compose file, licence, metadata."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"]

# Used, but not by an import: a database driver by the name in a URL, the time zone
# database by the standard library.
DRIVERS = {"aiosqlite": "sqlite+aiosqlite", "psycopg": "postgresql+psycopg"}
DATA_ONLY = {"tzdata"}
# One release of pydantic takes exactly one of pydantic-core.
COMES_WITH = {"pydantic_core": "pydantic"}


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[Any]) -> set[str]:
    """The names in a list of requirements, group references left out."""
    return {
        canonical(re.split(r"[\s\[<>=!~;]", requirement)[0])
        for requirement in requirements
        if isinstance(requirement, str)
    }


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonical(name): version for name, version in found}


def sources(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from (ROOT / package).rglob("*.py")


def imported_modules(path: Path) -> Iterator[str]:
    """The full names of what a module imports (relative imports are banned by the linter)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


class TestLocks:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_every_pin_has_hashes(self, lock: str) -> None:
        """Nothing is installed whose bytes are not known beforehand."""
        entries = re.split(r"^(?=[A-Za-z0-9])", (ROOT / lock).read_text(), flags=re.MULTILINE)
        for entry in entries[1:]:
            assert re.match(r"\S+==\S+ ", entry), entry
            assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry

    @pytest.mark.parametrize("lock", LOCKS)
    def test_no_address_and_no_path(self, lock: str) -> None:
        """Where packages come from is for the machine that installs them to say."""
        text = (ROOT / lock).read_text()
        for word in ["://", "file:", "--index-url", "--extra-index-url", "--find-links", " @ "]:
            assert word not in text
        assert not re.search(r"(?<![\w.)])/\w", text)

    def test_locks_agree(self) -> None:
        """What is tested is what runs."""
        everything = pins("requirements-dev.lock")
        for lock in LOCKS:
            assert pins(lock).items() <= everything.items()

    def test_locks_follow_the_declaration(self) -> None:
        """Every declared dependency is locked: `make lock` was not forgotten."""
        project, groups = pyproject()["project"], pyproject()["dependency-groups"]
        assert declared(project["dependencies"]) <= pins("requirements.lock").keys()
        assert declared(groups["dev"]) <= pins("requirements-dev.lock").keys()
        assert declared(groups["build"]) <= pins("requirements-build.lock").keys()


class TestImports:
    def test_every_runtime_dependency_is_used(self) -> None:
        """A package that nobody imports is risk without a reason."""
        files = list(sources("broker", "adapters"))
        imported = {module.partition(".")[0] for path in files for module in imported_modules(path)}
        text = "\n".join(path.read_text() for path in files)
        used = {
            canonical(distribution)
            for module, distributions in importlib.metadata.packages_distributions().items()
            if module in imported
            for distribution in distributions
        }
        used |= {name for name, scheme in DRIVERS.items() if scheme in text} | DATA_ONLY
        assert declared(pyproject()["project"]["dependencies"]) - used == set()

    def test_every_import_is_declared(self) -> None:
        """What comes along with another package can also go away with it."""
        modules = {
            m.partition(".")[0] for p in sources("broker", "adapters") for m in imported_modules(p)
        }
        foreign = modules - sys.stdlib_module_names - {"broker", "adapters", "config"}
        providers = importlib.metadata.packages_distributions()
        allowed = declared(pyproject()["project"]["dependencies"])
        undeclared = {
            module
            for module in foreign
            if COMES_WITH.get(module) not in allowed
            and not {canonical(name) for name in providers.get(module, [])} & allowed
        }
        assert undeclared == set()

    def test_the_domain_knows_only_the_standard_library(self) -> None:
        """What the covenant says depends on no technology."""
        for path in sources("broker/domain"):
            for module in imported_modules(path):
                top = module.partition(".")[0]
                inside = module == "broker.domain" or module.startswith("broker.domain.")
                assert inside or top in sys.stdlib_module_names, f"{path.name} imports {module}"


class TestWheel:
    def test_carries_code_configuration_and_migrations(self, tmp_path: Path) -> None:
        """An installation without a checkout has everything that it needs."""
        tree = tmp_path / "tree"
        tree.mkdir()
        for name in ["pyproject.toml", "README.md", "LICENSE"]:
            shutil.copy(ROOT / name, tree)
        ignore = shutil.ignore_patterns("__pycache__")
        for name in ["broker", "adapters", "config"]:
            shutil.copytree(ROOT / name, tree / name, ignore=ignore)

        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
        command += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(tree)]
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)

        (wheel,) = tmp_path.glob("*.whl")
        carried = set(zipfile.ZipFile(wheel).namelist())
        expected = {
            path.relative_to(ROOT).as_posix()
            for name in ["broker", "adapters", "config"]
            for path in (ROOT / name).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert expected - carried == set()
        assert not {name for name in carried if name.startswith("tests/")}


class TestCompose:
    @pytest.fixture
    def compose(self) -> dict[str, Any]:
        loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
        return loaded

    def test_every_container_is_locked_down(self, compose: dict[str, Any]) -> None:
        """Whoever breaks into a process finds nothing to write to and nothing to become."""
        for service in compose["services"].values():
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert service["security_opt"] == ["no-new-privileges:true"]
            assert service["user"] in {"999:999", "${BROKER_UID:-10001}:${BROKER_GID:-10001}"}
            assert not {"cap_add", "privileged", "network_mode", "pid", "ipc"} & service.keys()
            assert "docker.sock" not in str(service.get("volumes", []))
            for mount in service["tmpfs"]:
                assert {"nosuid", "nodev", "noexec"} <= set(mount.partition(":")[2].split(","))

    def test_only_smtp_listens_and_only_on_loopback(self, compose: dict[str, Any]) -> None:
        """Nothing is reachable from another machine until the operator says so."""
        published = {
            name: service.get("ports", []) for name, service in compose["services"].items()
        }
        assert published.pop("broker") == ["${SMTP_BIND:-127.0.0.1:2525}:2525"]
        assert not any(published.values())
        assert compose["networks"]["inside"] == {"internal": True}
        assert compose["services"]["database"]["networks"] == ["inside"]

    def test_the_broker_cannot_write_its_configuration(self, compose: dict[str, Any]) -> None:
        """Who can write the configuration decides who is believed."""
        mounts = compose["services"]["broker"]["volumes"]
        writable = {mount["target"] for mount in mounts if not mount.get("read_only")}
        assert writable == {"/werkruimte/gegevens"}

    def test_secrets_are_files(self, compose: dict[str, Any]) -> None:
        """No secret stands in the compose file or in an environment."""
        assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
        for service in compose["services"].values():
            assert set(service.get("secrets", [])) <= compose["secrets"].keys()
            for name, value in service.get("environment", {}).items():
                assert "PASSWORD" not in name or (
                    name.endswith("_FILE") and value.startswith("/run/secrets/")
                )


class TestImage:
    @pytest.fixture
    def dockerfile(self) -> str:
        return (ROOT / "Dockerfile").read_text().replace("\\\n", " ")

    def test_runs_as_an_ordinary_user_and_tells_its_health(self, dockerfile: str) -> None:
        """The last stage drops root; the engine can see whether the broker works."""
        last_stage = dockerfile.rpartition("\nFROM ")[2]
        users = re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE)
        assert users
        assert users[-1].partition(":")[0] not in {"0", "root"}
        assert re.search(r'^HEALTHCHECK .*"broker", "status"', last_stage, re.MULTILINE)

    def test_installs_only_what_is_locked(self, dockerfile: str) -> None:
        """Every pip in the image checks hashes or has no index at all."""
        for command in re.findall(r"pip\S*(?: --python \S+)? (?:install|wheel) [^&]*", dockerfile):
            assert re.search("--require-hashes|--no-index|--no-build-isolation", command), command

    @pytest.mark.parametrize("file", ["Makefile", "Dockerfile", "README.md", "docs/operations.md"])
    def test_no_release_of_tomorrow_breaks_an_installation(self, file: str) -> None:
        """The lock names everything: where pip may look for more, an older one finds the newest
        release of a locked package, and refuses it for having no hash."""
        text = (ROOT / file).read_text().replace("\\\n", " ")
        commands = re.findall(r"^.*--require-hashes.*$", text, re.MULTILINE)
        assert commands
        for command in commands:
            assert command.count("--require-hashes --no-deps") == command.count("--require-hashes")

    def test_nothing_of_the_operator_reaches_the_image(self, dockerfile: str) -> None:
        """Keys and secrets beside the Dockerfile are not sent to the engine."""
        lines = (ROOT / ".dockerignore").read_text().splitlines()
        rules = [line for line in lines if line and not line.startswith("#")]
        assert rules[0] == "*"
        copied = {
            name
            for names in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
            for name in names.split()
        }
        assert copied == {rule[1:] for rule in rules if rule.startswith("!")}


class TestPapers:
    def test_licence_is_whole(self) -> None:
        """The EUPL asks that its text travels with every copy: 15 articles and the appendix."""
        text = (ROOT / "LICENSE").read_text()
        assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
        articles = [int(number) for number in re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE)]
        assert articles == list(range(1, 16))
        assert "Appendix" in text
        assert "Québec Free and Open-Source Licence" in text

    def test_versions_and_licence_agree(self) -> None:
        """One version and one licence, wherever they are written."""
        project = pyproject()["project"]
        publiccode = yaml.safe_load((ROOT / "publiccode.yml").read_text())
        compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
        assert publiccode["legal"]["license"] == project["license"] == "EUPL-1.2"
        assert publiccode["softwareVersion"] == project["version"]
        assert compose["services"]["broker"]["image"] == f"verrijkingsbroker:{project['version']}"

    def test_publiccode_has_what_the_standard_asks(self) -> None:
        """Mandatory keys, and descriptions of the length that the standard gives."""
        publiccode = yaml.safe_load((ROOT / "publiccode.yml").read_text())
        mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "categories"}
        mandatory |= {"developmentStatus", "softwareType", "description", "legal", "maintenance"}
        assert mandatory | {"localisation"} <= publiccode.keys()
        assert {"nl", "en"} <= publiccode["description"].keys()
        for description in publiccode["description"].values():
            assert len(description["shortDescription"].strip()) <= 150
            assert 150 <= len(description["longDescription"]) <= 10_000
            assert 5 <= len(description["features"]) <= 20

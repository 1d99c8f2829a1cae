"""Audits a lock file with pip-audit, and never calls clean what nobody looked at.

pip-audit passes over a package that its service does not know, and then still
says "No known vulnerabilities found". This script compares what was locked with
what was looked up, and names the difference. It also asks about one old release
that is known to be vulnerable: a service that has nothing against that one (a
mirror without advisories, say) has told us nothing about the others either.

    python .ci/audit.py requirements-dev.lock

Exit code 0: everything was looked up and nothing was found; or not everything
could be looked up, which is said, and nobody demanded it. 1: a known
vulnerability; or AUDIT=required and not everything was looked up. 2: the lock
file or pip-audit itself is at fault.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TypedDict

# CVE-2019-10906, among others. Newer advisories can only add to them.
KNOWN_VULNERABLE = "jinja2==2.10"
# pip-audit wants a hash beside each pin, and compares it with nothing.
ANY_HASH = "--hash=sha256:" + "0" * 64

TIMEOUT_SECONDS = 300
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


class Advisory(TypedDict):
    """What is known against one release, as pip-audit writes it."""

    id: str
    aliases: list[str]
    fix_versions: list[str]


class Dependency(TypedDict, total=False):
    """One package, as pip-audit writes it. One that was skipped has no version."""

    name: str
    version: str
    vulns: list[Advisory]


class LockUnreadableError(Exception):
    """The lock file, or pip-audit itself, is at fault."""


class ServiceUnreachableError(Exception):
    """The vulnerability service gave no answer."""


def main(arguments: list[str]) -> int:
    """Audit the lock file named in `arguments`, and return the exit code."""
    if len(arguments) != 1:
        print("usage: audit.py LOCKFILE", file=sys.stderr)
        return 2
    lock = Path(arguments[0])
    try:
        pins = locked(lock)
    except LockUnreadableError as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    return report(lock, pins, *audit(lock))


def locked(lock: Path) -> list[str]:
    """List what the lock file pins, as `name==version`."""
    if not lock.is_file():
        raise LockUnreadableError(f"there is no file {lock}")
    pins = [f"{canonical(name)}=={version}" for name, version in PIN.findall(lock.read_text())]
    rehearsal = pip_audit("--requirement", str(lock), "--dry-run")
    if not pins or rehearsal.returncode != 0:
        raise LockUnreadableError(f"pip-audit cannot read {lock}\n{rehearsal.stderr}")
    return sorted(pins)


def audit(lock: Path) -> tuple[dict[str, list[Advisory]], str | None]:
    """Look everything up.

    Returns what is known against each pin that the service knows, and why that
    answer is worth nothing (None if it can be trusted).
    """
    with tempfile.TemporaryDirectory() as directory:
        canary = Path(directory, "known-vulnerable.txt")
        canary.write_text(f"{KNOWN_VULNERABLE} {ANY_HASH}\n")
        try:
            warned = look_up(canary).get(KNOWN_VULNERABLE)
            answer = look_up(lock)
        except ServiceUnreachableError as error:
            return {}, f"the vulnerability service cannot be reached ({error})"
    if warned is None:
        return answer, f"the service that answers here does not even know {KNOWN_VULNERABLE}"
    if not warned:
        return answer, f"the service that answers here knows nothing against {KNOWN_VULNERABLE}"
    return answer, None


def look_up(requirements: Path) -> dict[str, list[Advisory]]:
    """Ask the vulnerability service; what it does not know is not in the answer."""
    with tempfile.TemporaryDirectory() as directory:
        output = Path(directory, "audit.json")
        asked = pip_audit(
            "--requirement", str(requirements), "--format", "json", "--output", str(output)
        )
        if not output.is_file():
            last_line = (asked.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise ServiceUnreachableError(textwrap.shorten(last_line, 160))
        dependencies: list[Dependency] = json.loads(output.read_text())["dependencies"]
    return {
        f"{canonical(dependency['name'])}=={dependency['version']}": dependency["vulns"]
        for dependency in dependencies
        if "version" in dependency and "vulns" in dependency
    }


def report(
    lock: Path, pins: list[str], answer: dict[str, list[Advisory]], worthless: str | None
) -> int:
    """Print what was found and what was not looked up, and return the exit code."""
    vulnerable = [pin for pin in pins if answer.get(pin)]
    for pin in vulnerable:
        for advisory in answer[pin]:
            names = ", ".join([advisory["id"], *advisory["aliases"]])
            fixed_in = ", ".join(advisory["fix_versions"]) or "no release yet"
            print(f"audit: {pin} is vulnerable: {names}. Fixed in: {fixed_in}.")

    not_audited = pins if worthless else [pin for pin in pins if pin not in answer]
    if not_audited:
        why = worthless or "the vulnerability service does not know them"
        print(f"audit: NOT AUDITED: {len(not_audited)} of the {len(pins)} packages in {lock}:")
        print(indented(not_audited))
        print(f"audit: not audited, because {why}.")
    elif not vulnerable:
        print(f"audit: clean: all {len(pins)} packages in {lock} were looked up.")

    if vulnerable:
        return 1
    if not_audited and os.environ.get("AUDIT") == "required":
        print("audit: AUDIT=required, so this fails.")
        return 1
    return 0


def pip_audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pip-audit on hashed pins only: it installs and resolves nothing."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
    command += ["--progress-spinner", "off", *arguments]
    try:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise ServiceUnreachableError(f"no answer in {TIMEOUT_SECONDS} seconds") from None


def indented(names: list[str]) -> str:
    """Lay the names out in lines that fit a terminal."""
    margin = "  "
    return textwrap.fill(
        ", ".join(names),
        width=96,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )


def canonical(name: str) -> str:
    """Spell a package's name as PyPI does (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

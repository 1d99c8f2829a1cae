"""Passwords and secret files: from a file of their own or from the environment, never from TOML."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.settings.faults import Findings
from adapters.settings.tables import read_bytes


class EnvironmentSecrets(BaseSettings):
    """The only variables that the broker reads; each has the prefix BROKER_, in capitals.

    The passphrase of the broker's key is none of them: only the worker may have it, from its file.
    """

    model_config = SettingsConfigDict(env_prefix="BROKER_", extra="ignore", env_ignore_empty=True)

    relay_wachtwoord: SecretStr | None = None
    database_wachtwoord: SecretStr | None = None
    sleuteldatabase_wachtwoord: SecretStr | None = None


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """Where one secret can stand: a setting that names a file, or a variable."""

    setting: str
    file: Path | None
    variable: str
    value: SecretStr | None = field(repr=False)


def read_secret(secret: SecretPlace, findings: Findings) -> str | None:
    """The secret from wherever it stands; None when it stands nowhere or cannot be read.

    A file holds one line; the line ending does not belong to the secret.
    """
    if secret.value is not None:
        if secret.file is not None:
            findings.fault(
                secret.setting,
                f"is set while {secret.variable} is set too",
                hint="keep one of the two",
            )
        return secret.value.get_secret_value()
    if secret.file is None:
        return None
    check_private(secret.file, place=secret.setting, findings=findings)
    content = read_bytes(secret.file)
    if isinstance(content, str):
        return None
    try:
        text = content.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        text = ""
    if not text or "\n" in text or "\0" in text:
        findings.fault(
            secret.setting,
            "names a file that does not hold one line of text",
            hint="write the password on the first line and nothing else",
        )
        return None
    return text


def check_private(
    path: Path, *, place: str, findings: Findings, hint: str = "put it there, or correct the name"
) -> None:
    """Add a fault when a secret file is not there, or when everybody on the machine may use it.

    `hint` is for a file that is not there.
    """
    if not check_present(path, place=place, findings=findings, hint=hint) or os.name != "posix":
        return
    if path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
        findings.fault(
            place,
            "names a file that others on this machine can read or change",
            hint="chmod 600 (or 640, with a group of its own)",
        )


def check_present(
    path: Path, *, place: str, findings: Findings, hint: str = "put it there, or correct the name"
) -> bool:
    """Whether the file can be read; a fault with that hint when it cannot."""
    content = read_bytes(path)
    if isinstance(content, str):
        findings.fault(place, f"names a file that {content}", hint=hint)
        return False
    return True

"""Reads TOML into checked tables, and says in plain words what does not fit."""

from __future__ import annotations

import ipaddress
import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from adapters.settings.faults import Findings, did_you_mean, within

LARGEST_FILE = 1024 * 1024
"""Bytes. What is larger is no configuration file and no certificate."""

RawTable = Mapping[str, object]


class Table(BaseModel):
    """One table of a configuration file. Unknown settings and wrong types are faults."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, str_max_length=1000
    )


TableT = TypeVar("TableT", bound=Table)
WordT = TypeVar("WordT", bound=StrEnum)


def wrong(problem: str, hint: str) -> PydanticCustomError:
    """The error by which a check of a single value tells its problem and its hint."""
    return PydanticCustomError("setting", "{problem}", {"problem": problem, "hint": hint})


def one_of(words: type[WordT]) -> BeforeValidator:
    """A check that the value is one of the words of an enumeration, spelt exactly."""

    def check(value: object) -> WordT:
        known = [word.value for word in words]
        if not isinstance(value, str):
            raise wrong("must be a word", f"between quotes, one of: {', '.join(known)}")
        if value not in known:
            raise wrong("is not a word that the broker knows", did_you_mean(value, known))
        return words(value)

    return BeforeValidator(check)


def matching(pattern: str, problem: str, hint: str) -> AfterValidator:
    """A check that the whole text has a form."""
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise wrong(problem, hint)
        return value

    return AfterValidator(check)


def _check_host(value: str) -> str:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        if not re.fullmatch(_DOMAIN, value, re.ASCII) or re.fullmatch(r"[\d.]+", value, re.ASCII):
            raise wrong("is not a host name or an IP address", "for example mail.example") from None
    return value


_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_FREE = r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029]+"

Text = Annotated[
    str,
    Field(max_length=300),
    matching(_FREE, "must be one line of text", "write words between quotes, on one line"),
]
Id = Annotated[
    str,
    matching(
        r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?",
        "is not a usable id",
        "use lower-case letters, digits, dots and hyphens, at most 64",
    ),
]
FileName = Annotated[
    str,
    matching(_FREE, "is not a file name", "name a file, relative to the folder of this file"),
]
Domain = Annotated[
    str,
    matching(_DOMAIN, "is not a domain", "for example politie.example, in ASCII"),
]
Host = Annotated[str, AfterValidator(_check_host)]
Port = Annotated[int, Field(ge=1, le=65535)]
Address = Annotated[
    str,
    Field(max_length=254),
    matching(
        rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}",
        "is not a mail address",
        "for example j.hermans@woonwenz.example, in ASCII and without a name beside it",
    ),
]
Fingerprint = Annotated[
    str,
    matching(
        r"[0-9A-F]{40}|[0-9A-F]{64}",
        "is not a full fingerprint",
        "write all 40 (or 64) hexadecimal digits, in capitals and without spaces",
    ),
]

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "add it"),
    "string_type": ("must be text", "write it between quotes"),
    "int_type": ("must be a whole number", "write digits, without quotes"),
    "bool_type": ("must be true or false", "write true or false, without quotes"),
    "date_type": ("must be a date", "write it without quotes: 2026-02-01"),
    "list_type": ("must be a list", "write it between [ and ]"),
    "model_type": ("must be a table", "write the settings of it between { and }"),
}


def _told(error: ErrorDetails, known: Sequence[str]) -> tuple[str, str]:
    """Problem and hint for one error of pydantic."""
    context = error.get("ctx", {})
    match error["type"]:
        case "setting":
            return context["problem"], context["hint"]
        case "extra_forbidden":
            return "is not a setting that the broker knows", did_you_mean(
                str(error["loc"][-1]), known
            )
        case "greater_than_equal":
            return f"is below {context['ge']}", f"choose {context['ge']} or more"
        case "less_than_equal":
            return f"is above {context['le']}", f"choose {context['le']} or less"
        case "too_short":
            return "holds too little", f"give at least {context['min_length']}"
        case "string_too_long":
            return "is too long", f"use at most {context['max_length']} characters"
        case other:
            return _SENTENCES.get(other, ("does not fit", "compare it with the shipped file"))


def _settings_of(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The settings that the table at that path (below `model`) knows."""
    for step in path:
        if isinstance(step, int) or step not in model.model_fields:
            continue
        annotation = model.model_fields[step].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        model = next((x for x in inner if isinstance(x, type) and issubclass(x, BaseModel)), model)
    return list(model.model_fields)


def _step(step: str | int) -> str:
    # A key is the operator's own text: it must not be able to write to his terminal.
    return (
        f"number {step + 1}"
        if isinstance(step, int)
        else step[:60].encode("unicode_escape").decode("ascii")
    )


def read_table(
    model: type[TableT], raw: object, *, place: str, findings: Findings
) -> TableT | None:
    """The table, or None after adding a fault for each thing that does not fit."""
    try:
        return model.model_validate(raw)
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_input=False):
            problem, hint = _told(error, _settings_of(model, error["loc"][:-1]))
            where = within(place, *(_step(step) for step in error["loc"]))
            findings.fault(where, problem, hint=hint)
        return None


def take_tables(
    raw: RawTable, name: str, *, place: str, findings: Findings
) -> tuple[RawTable, ...]:
    """The tables of a `[[name]]`, each still unchecked; a fault for what is no table."""
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        findings.fault(
            within(place, name), "must be a list of tables", hint="begin each one with [[ and ]]"
        )
        return ()
    return tuple(value)


def known_only(raw: RawTable, known: Sequence[str], *, findings: Findings) -> None:
    """Add a fault for every table at the top of a file that the broker does not know."""
    for name in raw:
        if name not in known:
            findings.fault(
                _step(name), "is not a table that the broker knows", hint=did_you_mean(name, known)
            )


def name_of(raw: RawTable, number: int) -> str:
    """How to call a table in a message: by its id, or by its number when it has no usable one."""
    id = raw.get("id")
    return _step(id) if isinstance(id, str) and id else f"number {number}"


def read_bytes(path: Path) -> bytes | str:
    """The bytes of a regular file, or why they cannot be had, to end a sentence with."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return "is not a file"
        if found.st_size > LARGEST_FILE:
            return "is far too large"
        return path.read_bytes()
    except FileNotFoundError:
        return "does not exist"
    except OSError as refused:
        return f"cannot be read ({type(refused).__name__})"


def read_toml(path: Path, findings: Findings, *, named_in: str) -> dict[str, object] | None:
    """What a TOML file says, or None after adding the fault that keeps it from being read.

    `named_in` tells where its name came from, to look at when it is not there.
    """
    content = read_bytes(path)
    if isinstance(content, str):
        findings.fault("", content, hint=f"look at {named_in}")
        return None
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        findings.fault("", "is not UTF-8 text", hint="save the file as UTF-8")
    except tomllib.TOMLDecodeError as refused:
        where = re.search(r"at line (\d+), column (\d+)|at end of document", str(refused))
        line = f"line {where[1]}" if where and where[1] else "the end"
        findings.fault(line, "is not TOML", hint=_syntax_hint(str(refused)))
    except (ValueError, RecursionError):
        # tomllib lets numbers of thousands of digits and very deep nesting escape as these.
        findings.fault("", "is not TOML", hint="look for a very long number or deep nesting")
    return None


def _syntax_hint(message: str) -> str:
    plain = message.split(" (at ", maxsplit=1)[0]
    if "Cannot overwrite" in plain or "twice" in plain or "Cannot declare" in plain:
        return "the same setting or table stands there twice"
    return "text stands between quotes, a date does not, and a list ends with ]"

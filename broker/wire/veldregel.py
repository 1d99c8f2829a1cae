"""One line of the form: which label it begins with, and what stands behind it.

People copy forms through mail programs, tables and word processors. What is left of a label is
known by a closed list of spellings, so that nothing unknown is ever taken for a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from broker.domain.label import Label
from broker.wire.tekst import splits_label, woorden
from broker.wire.velden import LABELS

_LANGSTE_KOP = 80
_OPSMUK = r"[\s|*_•·▪◦●○■□➢➤►–—+-]*"
_BEGIN = re.compile(rf"^{_OPSMUK}(?:\(?[0-9]{{1,2}}[.)]{{1,2}}{_OPSMUK})?(?=[^\W\d_])")
_TUSSENIN = re.compile(r"[:\uff1a=|?;]|\s[-–—]\s")
_AANWIJZING = re.compile(r"\(([^()]{0,40})\)")
_AANWIJZINGEN = frozenset(
    {
        *("ja", "nee", "of", "18", "jaar", "dd", "mm", "jjjj", "yyyy", "datum", "nvt"),
        *("verplicht", "optioneel", "indien", "van", "toepassing"),
    }
)
"""Words of what people print in brackets behind a label to help who fills it in."""

_SCHEIDING = re.compile(r"([,;|])")
_KORTSTE_TIKFOUT = 7
_ZONDER_SPATIE = {sleutel.replace(" ", ""): label for sleutel, label in LABELS.items()}
_EINDJE = 3
_NAAR_EINDJE: dict[str, set[str]] = {}
"""Long spellings by their first and by their last letters: one error leaves one of them whole."""
for _sleutel in LABELS:
    if len(_sleutel) >= _KORTSTE_TIKFOUT:
        _NAAR_EINDJE.setdefault("^" + _sleutel[:_EINDJE], set()).add(_sleutel)
        _NAAR_EINDJE.setdefault("$" + _sleutel[-_EINDJE:], set()).add(_sleutel)


@dataclass(frozen=True, slots=True)
class Veldregel:
    """A line that begins a field; `label` is None for a field that the form does not have."""

    label: Label | None
    sleutel: str = field(repr=False)
    waarde: str = field(repr=False)
    los: bool = False
    """Whether the label stands alone, without a mark behind it."""


def _is_tikfout(geschreven: str, bedoeld: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours changed places."""
    kort = min(len(geschreven), len(bedoeld))
    begin = next((i for i in range(kort) if geschreven[i] != bedoeld[i]), kort)
    eind = next((i for i in range(kort - begin) if geschreven[-1 - i] != bedoeld[-1 - i]), None)
    eind = kort - begin if eind is None else eind
    rest, ander = geschreven[begin : len(geschreven) - eind], bedoeld[begin : len(bedoeld) - eind]
    return max(len(rest), len(ander)) <= 1 or (len(rest) == 2 and rest == ander[::-1])


def vind_label(sleutel: str) -> Label | None:
    """The label that a flat key means: by its spelling, or by one typing error in a long one."""
    gevonden = LABELS.get(sleutel) or _ZONDER_SPATIE.get(sleutel.replace(" ", ""))
    if gevonden is not None or len(sleutel) < _KORTSTE_TIKFOUT:
        return gevonden
    kandidaten = _NAAR_EINDJE.get("^" + sleutel[:_EINDJE], set()) | _NAAR_EINDJE.get(
        "$" + sleutel[-_EINDJE:], set()
    )
    bedoeld = {LABELS[vorm] for vorm in kandidaten if _is_tikfout(sleutel, vorm)}
    return bedoeld.pop() if len(bedoeld) == 1 else None


def _label_van(kop: str) -> Label | None:
    """The label that a piece of text is, with nothing else in it but a hint in brackets."""
    gevonden = vind_label(" ".join(woorden(kop)))
    if gevonden is not None or "(" not in kop:
        return gevonden
    hulp = " ".join(_AANWIJZING.findall(kop))
    if hulp and _AANWIJZINGEN.issuperset(woorden(hulp)):
        return vind_label(" ".join(woorden(_AANWIJZING.sub(" ", kop))))
    return None


def splits_veld(regel: str) -> Veldregel | None:
    """The field that a line begins, or None when it begins none.

    `Label: waarde` always does, whatever the label; `Label = waarde`, `Label? waarde`,
    `| Label | waarde |`, `Label - waarde` and a label alone do so for labels of the form.
    """
    begin = _BEGIN.match(regel)
    if begin is None:
        return None
    kaal = regel[begin.end() :]
    kop = kaal[:_LANGSTE_KOP]
    for teken in _TUSSENIN.finditer(kop):
        label = _label_van(kop[: teken.start()])
        if label is not None:
            waarde = kaal[teken.end() :].lstrip("*_:\uff1a?=| ").rstrip("| ")
            return Veldregel(label, label, waarde)
    alleen = _label_van(kop) if len(kaal) == len(kop) else None
    if alleen not in {None, Label.CONCEPT}:
        return Veldregel(alleen, "", "", los=True)
    vreemd = splits_label(kaal)
    return None if vreemd is None else Veldregel(None, *vreemd)


def splits_cel(regel: str) -> Veldregel | None:
    """As `splits_veld`, for a table of which only blanks are left between label and value."""
    gevonden = splits_veld(regel)
    begin = _BEGIN.match(regel)
    if begin is None or (gevonden is not None and gevonden.label is not None):
        return gevonden
    kaal = regel[begin.end() :].split(" ")
    for aantal in range(min(5, len(kaal)), 0, -1):
        label = LABELS.get(" ".join(woorden(" ".join(kaal[:aantal]))))
        if label is not None and kaal[0][:1].isupper():
            return Veldregel(label, label, " ".join(kaal[aantal:]).strip())
    return gevonden


def meer_velden(label: Label, waarde: str) -> Iterator[tuple[Label, str]]:
    """A field, and those that follow on its line behind a comma, a semicolon or a bar."""
    if label is Label.REDEN:
        yield label, waarde
        return
    delen = _SCHEIDING.split(waarde)
    waarde = delen[0]
    for scheiding, deel in zip(delen[1::2], delen[2::2], strict=True):
        volgend = splits_veld(deel)
        if volgend is None or volgend.label is None or volgend.los:
            waarde += scheiding + deel
            continue
        yield label, waarde
        label, waarde = volgend.label, volgend.waarde
    yield label, waarde

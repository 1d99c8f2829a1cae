"""The form as a sheet of paper: which label holds which text, and the blank sheet."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from broker.domain.errors import Fout
from broker.wire.citaat import alle_regels, eigen_blokken
from broker.wire.tekst import splits_label
from broker.wire.velden import (
    BRIEFHOOFD,
    HULP,
    LABELS,
    NIET_VOOR_POLITIE,
    NOOIT_EEN_VELD,
    VOORBEELD_POLITIE_REDEN,
    Label,
)

FORMULIER = "Formulier"
"""Names a fault that belongs to no single field."""

_AFSLUITING = re.compile(
    r"^(?:--|m\.?v\.?g\.?\b.{0,60}|(?:met\s)?(?:vriendelijke|hartelijke|collegiale)\s"
    r"groet(?:en)?\b.{0,60}|groet(?:en|jes)?\s?[,.!]?)$",
    re.IGNORECASE,
)
_LIJKT_OP = 0.8
_LANGSTE_BLAD = 20_000


@dataclass(frozen=True, slots=True)
class Blad:
    """What stands behind each label, and what is wrong with the sheet itself.

    `onbruikbaar`: labels whose text cannot be used, since it was given twice.
    """

    velden: Mapping[Label, str] = field(repr=False)
    fouten: tuple[Fout, ...]
    onbruikbaar: frozenset[Label] = frozenset()


def tel_labels(tekst: str) -> int:
    """How many different labels of the form stand in the text that is not quoted."""
    return len(_labels_in([regel for blok in eigen_blokken(tekst) for regel in blok]))


def _labels_in(regels: Sequence[str]) -> frozenset[Label]:
    gelezen = (splits_label(regel) for regel in regels)
    return frozenset(LABELS[deel[0]] for deel in gelezen if deel and deel[0] in LABELS)


def _zonder_ondertekening(regels: Sequence[str]) -> Sequence[str]:
    """The lines up to the closing words; those count only below the last label."""
    laatste = max((plek for plek, regel in enumerate(regels) if _labels_in([regel])), default=0)
    for plek in range(laatste + 1, len(regels)):
        if _AFSLUITING.match(regels[plek]):
            return regels[:plek]
    return regels


class _Lezer:
    """Reads a sheet line by line."""

    def __init__(self) -> None:
        self.velden: dict[Label, list[str]] = {}
        self.fouten: list[Fout] = []
        self.dubbel: set[Label] = set()
        self._huidig: Label | None = None
        self._begonnen = False
        self._onderbroken = False
        self._gelijkend: dict[str, Label | None] = {}

    def lees(self, regel: str) -> None:
        gelezen = splits_label(regel)
        if gelezen is not None and gelezen[0] in LABELS:
            self._begin(LABELS[gelezen[0]], gelezen[1])
        elif gelezen is not None and self._is_vreemd(gelezen[0]):
            self._meld_vreemd(gelezen[0])
        elif self._huidig is not None:
            self._vul_aan(self._huidig, regel)

    def _begin(self, label: Label, waarde: str) -> None:
        if label in self.velden and label not in self.dubbel:
            self.dubbel.add(label)
            self.fouten.append(
                Fout(str(label), "dubbel", "Dit staat er twee keer. Laat het één keer staan.")
            )
        self._huidig = label
        self._begonnen = True
        self._onderbroken = False
        self.velden[label] = [waarde]

    def _is_vreemd(self, sleutel: str) -> bool:
        """Whether a line with this label is a field that the form does not have."""
        if sleutel in NOOIT_EEN_VELD or self._lijkt_op(sleutel):
            return True
        if self._huidig is Label.REDEN:
            return False
        return self._begonnen or sleutel not in BRIEFHOOFD

    def _lijkt_op(self, sleutel: str) -> Label | None:
        """The label that a typing error may have been meant for."""
        if sleutel not in self._gelijkend:
            gevonden = difflib.get_close_matches(sleutel, LABELS, n=1, cutoff=_LIJKT_OP)
            self._gelijkend[sleutel] = LABELS[gevonden[0]] if gevonden else None
        return self._gelijkend[sleutel]

    def _meld_vreemd(self, sleutel: str) -> None:
        plek = f"Na '{self._huidig}'" if self._huidig else "Op het formulier"
        uitleg = f"{plek} staat een veld dat het formulier niet kent. Haal het weg."
        bedoeld = self._lijkt_op(sleutel)
        if bedoeld is not None:
            uitleg = f"{plek} staat een veld dat het formulier niet kent. Bedoelt u '{bedoeld}'?"
        self.fouten.append(Fout(FORMULIER, "onbekend-veld", uitleg, "PR-6.3"))
        self._huidig = None
        self._begonnen = True

    def _vul_aan(self, label: Label, regel: str) -> None:
        inhoud = self.velden[label]
        if not regel:
            self._onderbroken = any(inhoud)
        elif self._onderbroken and label is not Label.REDEN:
            self._huidig = None
            self.fouten.append(
                Fout(
                    FORMULIER,
                    "losse-tekst",
                    f"Onder '{label}' staat tekst die bij geen veld hoort. Haal die tekst weg.",
                )
            )
            return
        inhoud.append(regel)

    def blad(self) -> Blad:
        """What was read. A field that was given twice has no value."""
        velden = {}
        for label, regels in self.velden.items():
            tekst = "\n".join(regels).strip() if label is Label.REDEN else " ".join(regels)
            velden[label] = tekst if label is Label.REDEN else " ".join(tekst.split())
        for label in self.dubbel:
            velden[label] = ""
        return Blad(velden, tuple(self.fouten), frozenset(self.dubbel))


def lees_blad(tekst: str) -> Blad:
    """Which label holds which text. Quoted lines, help lines ('#') and a signature are left out."""
    regels = [
        regel
        for blok in eigen_blokken(tekst)
        for regel in _zonder_ondertekening(blok)
        if not regel.startswith("#")
    ]
    lezer = _Lezer()
    if not _labels_in(regels) and _labels_in(alle_regels(tekst)):
        lezer.fouten.append(
            Fout(
                FORMULIER,
                "geciteerd",
                "Het formulier staat in geciteerde of doorgestuurde tekst. Die lezen wij niet."
                " Zet het formulier in een nieuw bericht, zonder > ervoor.",
            )
        )
    if sum(map(len, regels)) > _LANGSTE_BLAD:
        lezer.fouten.append(
            Fout(
                FORMULIER,
                "te-lang",
                "Dit bericht is te lang. Stuur alleen het ingevulde formulier.",
            )
        )
        return lezer.blad()
    for regel in regels:
        lezer.lees(regel)
    return lezer.blad()


def leeg_formulier(*, politie: bool) -> str:
    """The blank form: every label with its help above it. Filled in, it reads back."""
    delen = ["# Regels die met # beginnen, zijn uitleg. U mag ze laten staan."]
    for label in Label:
        # Only few networks turn the date of birth on (D-2); they say so to their people.
        if label is Label.GEBOORTEDATUM or (politie and label in NIET_VOOR_POLITIE):
            continue
        hulp = VOORBEELD_POLITIE_REDEN if politie and label is Label.REDEN else HULP[label]
        delen += ["", *_uitleg(hulp)]
        delen.append(f"{label}:")
    return "\n".join(delen) + "\n"


def _uitleg(hulp: str) -> list[str]:
    return textwrap.wrap(
        hulp, 72, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )

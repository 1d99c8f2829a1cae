"""The form as a sheet of paper: which label holds which text, and the blank sheet."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from broker.domain.errors import Fout
from broker.domain.ingevuld import VreemdVeld
from broker.domain.label import ALLEEN_POLITIE, FORMULIER, NIET_VOOR_POLITIE, Label
from broker.wire.citaat import alle_regels, eigen_blokken
from broker.wire.tekst import is_leesbaar, woorden
from broker.wire.velden import (
    BRIEFHOOFD,
    HULP,
    LABELS,
    NOOIT_EEN_VELD,
    VOORBEELD_POLITIE_REDEN,
)
from broker.wire.veldregel import Veldregel, meer_velden, splits_cel, splits_veld

_AFSLUITING = re.compile(
    r"^(?:--|(?:m\.?\s?v\.?\s?g|vr?\.?\s?gr|gr)\b.{0,60}"
    r"|(?:met\s)?(?:vriendelijke|hartelijke|collegiale)\sgroet(?:en)?\b.{0,60}"
    r"|(?:met\s)?groet(?:en|jes)?\s?[,.!]?|hoogachtend\b.{0,60}"
    r"|(?:alvast\s)?(?:hartelijk\s)?(?:bedankt|dank(?:\s(?:u|je)(?:\swel)?)?)\s?[,.!]?"
    r"|(?:verzonden|verstuurd)\svan(?:af|uit)\b.{0,60}|sent\sfrom\s.{0,60}"
    r"|dit is een automatisch bericht van\b.{0,80})$",
    re.IGNORECASE,
)
_LIJKT_OP = 0.8
_LANGSTE_BLAD = 20_000
_MEESTE_RADEN = 40
_KOPREGEL = "Regels die met # beginnen, zijn uitleg. U mag ze laten staan."
_LEEG = frozenset({"", "n v t", "nvt", "niet van toepassing", "geen", "niet ingevuld"})
_OOK_IN_EEN_ONDERTEKENING = frozenset({Label.NAAM, Label.ADRES, Label.POSTCODE, Label.WOONPLAATS})
_ADRESVELDEN = frozenset({Label.ADRES, Label.POSTCODE, Label.WOONPLAATS, Label.GEBOORTEDATUM})

Splitser = Callable[[str], Veldregel | None]


@dataclass(frozen=True, slots=True)
class Blad:
    """What stands behind each label, which fields are not of the form, and what is wrong with it.

    A label that was given twice, with two values, has a fault and no value.
    """

    velden: Mapping[Label, str] = field(repr=False)
    fouten: tuple[Fout, ...]
    vreemd: tuple[VreemdVeld, ...] = ()
    onleesbaar: bool = False
    """Whether nothing of the sheet was read."""


def tel_labels(tekst: str) -> int:
    """How many different labels of the form stand in what a person wrote himself."""
    regels, splits = _formulierregels(tekst)
    return len(_labels_in(_begin_van(regels), splits))


def _begin_van(regels: Sequence[str]) -> Sequence[str]:
    """The lines up to the longest sheet that is read."""
    lengte = 0
    for plek, regel in enumerate(regels):
        lengte += len(regel) + 1
        if lengte > _LANGSTE_BLAD:
            return regels[:plek]
    return regels


def _formulierregels(tekst: str) -> tuple[Sequence[str], Splitser]:
    """The lines in which a form may stand: his own, or our form that he filled in by Reply."""
    eigen, splits = _zonder_ondertekening(
        [regel for blok in eigen_blokken(tekst) for regel in (*blok, "")]
    )
    if _labels_in(_begin_van(eigen), splits):
        return eigen, splits
    alle = alle_regels(tekst)
    begin = next((plek for plek, regel in enumerate(alle) if _KOPREGEL in regel), None)
    if begin is None:
        return eigen, splits
    beantwoord, splits = _zonder_ondertekening(_begin_van(alle[begin:]))
    velden = map(splits, beantwoord)
    if any(veld and veld.label and veld.waarde for veld in velden):
        return beantwoord, splits
    return eigen, splits


def _labels_in(regels: Sequence[str], splits: Splitser) -> frozenset[Label]:
    gelezen = map(splits, regels)
    return frozenset(deel.label for deel in gelezen if deel and deel.label)


def _splitser(regels: Sequence[str]) -> Splitser:
    """How labels stand on this sheet: with a mark behind them, or as cells of a table."""
    met_teken = _labels_in(regels, splits_veld)
    als_cel = _labels_in(regels, splits_cel)
    return splits_cel if len(met_teken) < 3 < len(als_cel) else splits_veld


def _zonder_ondertekening(regels: Sequence[str]) -> tuple[Sequence[str], Splitser]:
    """The lines up to the closing words, and how labels stand in them.

    Those words close nothing above the form; an address below them is the sender's own.
    """
    begin = _begin_van(regels)
    splits = _splitser(begin)
    per_regel = [_labels_in([regel], splits) for regel in begin]
    onder: frozenset[Label] = frozenset()
    einde = len(regels)
    for plek in range(len(begin) - 1, -1, -1):
        if not onder <= _OOK_IN_EEN_ONDERTEKENING:
            break
        if _AFSLUITING.match(begin[plek]) and onder <= frozenset().union(*per_regel[:plek]):
            einde = plek
        onder |= per_regel[plek]
    return regels[:einde], splits


class _Lezer:
    """Reads a sheet line by line."""

    def __init__(self, splits: Splitser) -> None:
        self.velden: dict[Label, list[list[str]]] = {}
        self.fouten: list[Fout] = []
        self.vreemd: list[VreemdVeld] = []
        self._splits = splits
        self._huidig: Label | None = None
        self._begonnen = False
        self._onderbroken = False
        self._gelijkend: dict[str, Label | None] = {}

    def lees(self, regel: str) -> None:
        veld = self._splits(regel)
        if veld is not None and veld.label is not None:
            for label, waarde in meer_velden(veld.label, veld.waarde):
                self._begin(label, waarde)
        elif veld is not None and self._is_vreemd(veld.sleutel):
            self.vreemd.append(VreemdVeld(self._huidig, self._lijkt_op(veld.sleutel)))
            self._huidig = None
            self._begonnen = True
        elif self._huidig is not None:
            self._vul_aan(self._huidig, regel)

    def _begin(self, label: Label, waarde: str) -> None:
        self._huidig = label
        self._begonnen = True
        self._onderbroken = False
        self.velden.setdefault(label, []).append([waarde])

    def _is_vreemd(self, sleutel: str) -> bool:
        """Whether a line with this label is a field that the form does not have."""
        if sleutel in NOOIT_EEN_VELD:
            return True
        if len(sleutel) == 1 and self._huidig in {Label.GRONDEN, Label.DOEL}:
            return False
        if self._lijkt_op(sleutel):
            return True
        if self._huidig is Label.REDEN:
            return False
        return self._begonnen or sleutel not in BRIEFHOOFD

    def _lijkt_op(self, sleutel: str) -> Label | None:
        """The label that was meant, perhaps; looked up for some of them only, since it is slow."""
        if sleutel not in self._gelijkend and len(self._gelijkend) < _MEESTE_RADEN:
            gevonden = difflib.get_close_matches(sleutel, LABELS, n=1, cutoff=_LIJKT_OP)
            self._gelijkend[sleutel] = LABELS[gevonden[0]] if gevonden else None
        return self._gelijkend.get(sleutel)

    def _vul_aan(self, label: Label, regel: str) -> None:
        inhoud = self.velden[label][-1]
        if label is not Label.REDEN and not any(map(str.isalnum, regel)):
            self._onderbroken = self._onderbroken or (not regel and any(inhoud))
            return
        if self._onderbroken and label is not Label.REDEN:
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
        """What was read. A field that was given twice, in two ways, has no value."""
        velden: dict[Label, str] = {}
        for label, keren in self.velden.items():
            waarden = {_waarde(label, regels) for regels in keren} - {""}
            velden[label] = waarden.pop() if len(waarden) == 1 else ""
            if waarden:
                self.fouten.append(
                    Fout(label, "dubbel", "Dit staat er twee keer. Laat het één keer staan.")
                )
        return Blad(velden, tuple(self.fouten), tuple(self.vreemd))


def _waarde(label: Label, regels: Sequence[str]) -> str:
    """What stands in a field; empty for what people write where there is nothing to write."""
    if label is Label.REDEN:
        tekst = "\n".join(regels).strip()
    else:
        tekst = " ".join(" ".join(regels).split()).strip("*_ ")
        if re.fullmatch(r"\[[^\[\]]*\]|<[^<>]*>|\"[^\"]*\"", tekst):
            tekst = tekst[1:-1].strip()
    vlakke = " ".join(woorden(tekst))
    if vlakke == "" and is_leesbaar(tekst.replace("\n", "")):
        return ""
    if vlakke in _LEEG and not (vlakke == "geen" and label is Label.TOESTEMMING):
        return ""
    return "" if vlakke == "onbekend" and label in _ADRESVELDEN else tekst


def lees_blad(tekst: str) -> Blad:
    """Which label holds which text. Quoted lines, help lines ('#') and a signature are left out."""
    alle, splits = _formulierregels(tekst)
    regels = [regel for regel in alle if not regel.startswith("#")]
    if sum(map(len, regels)) > _LANGSTE_BLAD:
        return _onleesbaar("te-lang", "Dit bericht is te lang. Stuur alleen het formulier.")
    if not _labels_in(regels, splits) and _labels_in(_begin_van(alle_regels(tekst)), splits_veld):
        return _onleesbaar(
            "geciteerd",
            "Het formulier staat in geciteerde of doorgestuurde tekst. Die lezen wij niet."
            " Zet het formulier in een nieuw bericht, zonder > ervoor.",
        )
    lezer = _Lezer(splits)
    for regel in regels:
        lezer.lees(regel)
    return lezer.blad()


def _onleesbaar(code: str, uitleg: str) -> Blad:
    return Blad({}, (Fout(FORMULIER, code, uitleg),), onleesbaar=True)


def leeg_formulier(*, politie: bool) -> str:
    """The blank form: every label with its help above it. Filled in, it reads back."""
    delen = [f"# {_KOPREGEL}"]
    weg = NIET_VOOR_POLITIE if politie else ALLEEN_POLITIE
    for label in Label:
        # Only few networks turn the date of birth on (D-2); they say so to their people.
        if label is Label.GEBOORTEDATUM or label in weg:
            continue
        hulp = VOORBEELD_POLITIE_REDEN if politie and label is Label.REDEN else HULP[label]
        delen += ["", *_uitleg(hulp)]
        delen.append(f"{label}:")
    return "\n".join(delen) + "\n"


def _uitleg(hulp: str) -> list[str]:
    return textwrap.wrap(
        hulp, 72, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )

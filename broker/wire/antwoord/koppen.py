"""What an answer stands below: 'Ons antwoord is: …', 'Kenmerk …, antwoordcode …'.

Set apart by a sign it says nothing. With more than the bare value behind it, it may be the subject:
'uw kenmerk is bij ons onbekend', 'het antwoord is op dit moment onbekend'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from broker.wire.antwoord.zinsdelen import Deel, Rol, Soort, dek_zin, verbeterd
from broker.wire.tekst import woorden

KOPROLLEN = frozenset((Rol.KOP, Rol.VERWIJZING))
_VOOR_EEN_TEKEN = KOPROLLEN | {Rol.BEGROETING, Rol.VULLING, Rol.PERSOON}
_OP_EEN_REGEL = KOPROLLEN | {Rol.BEGROETING}
_TEKEN = re.compile(r":(?!\w)|·|\s[-–—]\s|\n")
_VERBINDT = frozenset(("is", "luidt"))
_VERVOLGT = frozenset(("is", "luidt", "staat", "blijkt", "komt", "wordt", "niet", "nog", "op"))
_MEESTE_TEKENS = 8
_ONZE_REGEL = re.compile(r"^\W{0,3}Kenmerk\b|\b[Aa]ntwoordcode\b")


def zonder_koppen(zin: str) -> str:
    """A sentence without what stands before a sign, and without our own line of kenmerk and code,
    which people leave below their answer."""
    regels = zin.split("\n")
    zin = "\n".join("" if _is_onze_regel(regel) else regel for regel in regels)
    begin = 0
    for teken in islice(_TEKEN.finditer(zin), _MEESTE_TEKENS):
        if _is_kop(zin[begin : teken.start()], teken[0].strip(), zin[teken.end() :]):
            begin = teken.end()
    return zin[begin:]


def _is_onze_regel(regel: str) -> bool:
    return bool(_ONZE_REGEL.search(regel)) and all(
        deel.rol is Rol.VERWIJZING for deel in dek_zin(woorden(regel))
    )


def _is_kop(voor: str, teken: str, na: str) -> bool:
    delen = tuple(dek_zin(verbeterd(woorden(voor))))
    rollen = {deel.rol for deel in delen}
    if KOPROLLEN.isdisjoint(rollen):
        return False
    if teken == ":":
        return _VOOR_EEN_TEKEN.issuperset(rollen)
    # A mail program may have wrapped the line: 'het antwoord is / op dit moment onbekend'.
    volgt = woorden(na[:80])[:1]
    return (
        _OP_EEN_REGEL.issuperset(rollen)
        and delen[-1].woorden[-1] not in _VERBINDT
        and _VERVOLGT.isdisjoint(volgt)
    )


def past_bij_oordeel(delen: Sequence[Deel], soort: Soort) -> bool:
    """Whether a verdict may stand in one part with a heading: right behind it, and nothing else."""
    rollen = [deel.rol for deel in delen]
    if KOPROLLEN.isdisjoint(rollen):
        return True
    if soort is Soort.VASTSTELLEN:
        return Rol.VERWIJZING not in rollen
    verbindt = delen[0].woorden[-1] in _VERBINDT
    return (
        rollen[0] is Rol.KOP
        and set(rollen[1:]) <= {Rol.ONTKENNING, Rol.KERN, Rol.BEVESTIGING}
        and not (verbindt and Rol.ONTKENNING in rollen)
    )


def past_voor_oordeel(kop: Sequence[Deel], oordeel: Sequence[Deel] | None) -> bool:
    """Whether a part with a heading and no verdict may stand before that verdict, in one sentence:
    then a person must be what is known. 'Uw kenmerk, bij ons onbekend' may speak of the number."""
    rollen = {deel.rol for deel in kop}
    if KOPROLLEN.isdisjoint(rollen):
        return True
    if kop[-1].woorden[-1] in _VERBINDT:
        return False
    return oordeel is None or any(deel.rol is Rol.PERSOON for deel in oordeel)

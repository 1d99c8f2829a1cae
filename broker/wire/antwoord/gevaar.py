"""Why an answer is unclear, and the words that make it so.

None of these words is ever guessed around: one of them beside an answer is enough to ask again,
unless it is part of a phrase that is known as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from broker.wire.tekst import woorden


class Onduidelijkheid(StrEnum):
    """Why an answer is unclear. Stable codes."""

    LEEG = "leeg"
    TE_LANG = "te-lang"
    GEEN_OORDEEL = "geen-oordeel"
    TWEE_OORDELEN = "twee-oordelen"
    ONTKENNING = "ontkenning"
    TWIJFEL = "twijfel"
    VERLEDEN_TIJD = "verleden-tijd"
    ANDERE_PERSOON = "andere-persoon"
    VOORBEHOUD = "voorbehoud"
    TEGENSPRAAK = "tegenspraak"
    ONBEKENDE_WOORDEN = "onbekende-woorden"
    NA_ONDERTEKENING = "na-ondertekening"
    ANDER_ARTIKEL = "ander-artikel"


GEVOELIG: Mapping[Onduidelijkheid, frozenset[str]] = {
    Onduidelijkheid.VERLEDEN_TIJD: frozenset(
        woorden(
            "was waren geweest vroeger voorheen eerder destijds ooit vorig vorige voormalig oud ex"
            " meer geleden toen had hadden tot verleden gesloten verhuisd vertrokken"
            " uitgeschreven overleden beeindigd afgesloten opgezegd gestopt uitgestroomd gekend"
            " kende kenden kwam kwamen stond stonden sinds"
        )
    ),
    Onduidelijkheid.ANDERE_PERSOON: frozenset(
        woorden(
            "zus broer vader moeder zoon dochter kind kinderen ouders echtgenoot echtgenote vriend"
            " vriendin buurman buurvrouw buren familie gezin huisgenoot naamgenoot iemand ander"
            " andere anderen adres naam voornaam achternaam woning straat oom tante neef nicht"
            " broertje zusje partner partners zwager schoonzus schoonvader schoonmoeder schoonbroer"
            " naamgenote halfbroer halfzus kleinzoon kleindochter man vrouw exman exvrouw"
            " opa oma stiefvader stiefmoeder schoonzoon schoondochter weduwe weduwnaar"
            " bewoner bewoners huisgenote familielid"
        )
    ),
    Onduidelijkheid.TWIJFEL: frozenset(
        woorden(
            "misschien wellicht waarschijnlijk vermoedelijk mogelijk mogelijks volgens denk denken"
            " dacht lijkt schijnt zou zouden zal twijfel zeker onzeker onduidelijk wie weet weten"
            " geloof vermoed vermoeden verwacht hoop eventueel ongeveer of bijna nagenoeg"
            " nazoeken navragen uitzoeken nagaan controleren checken later kennelijk blijkbaar"
            " vermoedt twijfelachtig idee"
        )
    ),
    Onduidelijkheid.VOORBEHOUD: frozenset(
        woorden(
            "maar echter behalve tenzij hoewel alleen slechts als indien mits wanneer uitgezonderd"
            " correctie rectificatie sorry vergissing vergist fout foutje verkeerd verkeerde klopt"
            " anders daarentegen juist bedoel bedoelde bedoelden ps nog zonder nauwelijks deels"
            " gedeeltelijk enigszins zijdelings oppervlakkig"
        )
    ),
    Onduidelijkheid.TEGENSPRAAK: frozenset(
        woorden(
            "huurder medehuurder huurt client patient dossier traject begeleiding begeleid"
            " begeleiden behandeling ingeschreven hulpverlener antecedenten melding meldingen"
            " contact klant zorg tegendeel"
        )
    ),
    Onduidelijkheid.ONTKENNING: frozenset(
        woorden("nooit noch niemand nergens geenszins evenmin nimmer ontken onwaar onjuist")
    ),
    Onduidelijkheid.ONBEKENDE_WOORDEN: frozenset(
        woorden(
            "bekende bekenden bekendheid onbekende onbekenden bekent ken kennen kent herken"
            " herkennen herkent verstrekking verstrekte vastgesteld vaststelling known unknown not"
            " weigeren weigert geweigerd gevonden vinden"
        )
    ),
}
"""Words that can change what another sentence means, by what makes them dangerous."""

REDEN_VAN: Mapping[str, Onduidelijkheid] = {
    woord: reden for reden, lijst in GEVOELIG.items() for woord in lijst
}
"""The reason that a dangerous word gives."""

MAAKT_EEN_ZIN = frozenset(
    woorden(
        "heeft hebben heb had hadden is was waren zijn wil willen wilde kan kunnen kon wordt worden"
        " werd geworden geweest moet moest mag zal zou gaat ging komt kwam blijkt bleek lijkt"
        " staat stond woont woonde krijgt kreeg ontvangt doet doen deed geeft gaf ligt zit zat"
        " hij zij ze hem haar hun ik wij we dat die dit deze dus nb ps sinds wel niet geen niets"
        " nooit maar echter alleen betrokkene"
    )
)
"""Words of a sentence: no name, function or organisation holds them."""

GEVOELIG_VAN_AARD = frozenset(
    woorden(
        "hiv aids schizofrenie psychose psychotisch psychisch depressie depressief borderline"
        " autisme verslaving verslaafd drugs alcohol dement dementie gewelddadig geweld agressief"
        " suicidaal suicide ziek ziekte moeder vader broer zus zoon dochter partner bekend onbekend"
    )
)
"""What must never pass for the name of a professional or of his organisation."""


def gevaren_in(tekst: Iterable[str]) -> tuple[str, ...]:
    """The dangerous words among these, in order."""
    return tuple(woord for woord in tekst if woord in REDEN_VAN)

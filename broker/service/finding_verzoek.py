"""The one verzoek that an answer belongs to: by kenmerk, answer code and signer."""

from __future__ import annotations

from broker.domain.bericht import (
    NietVerwerkt,
)
from broker.domain.casus import Kenmerk
from broker.domain.partner import Loket
from broker.domain.toegang import (
    mag_antwoorden,
)
from broker.ports import VerzoekRecord
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.context import Context
from broker.service.incoming import Incoming
from broker.wire.codes import antwoordcode, zelfde_code
from broker.wire.vindplaatsen import vind_codes, vind_kenmerken


async def find_verzoek(
    context: Context, mail: Incoming
) -> tuple[OpenCasus, Loket, VerzoekRecord] | NietVerwerkt:
    """The one verzoek that kenmerk and code, both signed, and the signer fit (D-13).

    Who was not asked hears no more of a casus than of one that does not exist.
    """
    signed = f"{mail.signed_subject}\n{mail.text}"
    afkorting = context.netwerk.afkorting
    kenmerken = vind_kenmerken(signed, afkorting=afkorting)
    # What was not signed proves nothing; but where it contradicts, the mail is about two casussen.
    if len(kenmerken) != 1 or {*vind_kenmerken(mail.subject, afkorting=afkorting)} - {*kenmerken}:
        return NietVerwerkt.ONBEKEND_KENMERK
    opened = await read_casus(context, Kenmerk(kenmerken[0]))
    if opened is None:
        return NietVerwerkt.ONBEKEND_KENMERK
    asked = False
    for verzoek in opened.record.verzoeken:
        loket = context.netwerk.loket(verzoek.loket)
        if loket is None or not mag_antwoorden(context.netwerk, mail.speaker, loket):
            continue
        asked = True
        code = antwoordcode(opened.seed, kenmerk=opened.casus.kenmerk, loket=loket.id)
        if any(zelfde_code(code, given) for given in vind_codes(signed)):
            return opened, loket, verzoek
    return NietVerwerkt.CODE_ONTBREEKT if asked else NietVerwerkt.ONBEKEND_KENMERK

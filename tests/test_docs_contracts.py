"""What the documentation promises is what the code does: labels, words, examples and tables."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from adapters.database.tables import casus_key, inbox
from adapters.observability.catalogue import catalogue_markdown
from adapters.smtp.replies import Reply
from broker.commands.casus import _bericht, _casus
from broker.demo.play import Result
from broker.domain.bericht import NietVerwerkt
from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.label import Label
from broker.domain.opdracht import Uitslag
from broker.domain.partner import LoketId, MedewerkerId, Vingerafdruk
from broker.domain.toegang import GeenToegang
from broker.domain.verzoek import VerzoekStaat, Waarde
from broker.ports import (
    Alarm,
    CasusRecord,
    LetterReason,
    OpenReason,
    Outbound,
    OutboundId,
    OutboundKind,
    OutboundStatus,
    SleutelId,
    VerzoekRecord,
)
from broker.service.alarm_codes import AlarmCode
from broker.service.overview import Overview
from broker.service.waiting import WaitReason
from broker.wire.antwoord import GelezenAntwoord, lees_antwoord
from broker.wire.automatic import AutomaticReason
from broker.wire.mime_entity import UnreadableReason
from broker.wire.mime_sender import SenderReason
from broker.wire.opdracht import Onhelder
from broker.wire.tekst import woorden
from broker.wire.uitkomst_json import lees_uitkomst_json
from broker.wire.velden import LABELS
from tests.fixtures.pages import FENCE, PAGES, between, page, rows, section, ticked

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class TestMessages:
    text = page("docs/messages.md")

    def test_every_label_of_the_form_is_explained(self) -> None:
        """In the order of the form, and no label besides."""
        labels = [row[0] for row in rows(section(self.text, "## The melding"))]
        assert labels == [str(label) for label in Label]

    def test_every_other_spelling_of_a_label_is_told(self) -> None:
        """Who types 'Gronden' may know that it is understood; and no other spelling is."""
        told = section(self.text, "## The melding")
        spellings = re.search(r"Other spellings of labels\*\*: ([^.]+)\.", told)
        assert spellings is not None
        listed = {" ".join(woorden(name)) for name in re.split(r";\s+", spellings[1])}
        own = {" ".join(woorden(label)) for label in Label}
        assert listed == set(LABELS) - own

    def test_the_words_of_an_answer_mean_what_the_table_says(self) -> None:
        """Each example is read by the broker as the value beside it."""
        for value, words in (row[:2] for row in rows(section(self.text, "## The antwoord"))[:4]):
            examples = [*re.findall(r"'([^']+)'", words), words.partition(";")[0]]
            for example in examples:
                read = lees_antwoord(example)
                assert isinstance(read, GelezenAntwoord), example
                assert read.waarde is Waarde(value), example

    def test_every_refusal_at_the_door_is_listed(self) -> None:
        """An administrator of a mail server finds the sentence that his log shows."""
        listed = {row[0].strip("`") for row in rows(section(self.text, "## Refused at the door"))}
        assert listed == {reply.value for reply in Reply if reply[0] in "45"}


def example(name: str) -> str:
    found = re.search(
        rf"<!-- example: {name} -->\n```json\n(.*?)```", page("docs/messages.md"), re.DOTALL
    )
    assert found is not None, name
    return found[1]


def outbound() -> Outbound:
    """A message that is held."""
    return Outbound(
        id=OutboundId("0" * 32),
        kind=OutboundKind.VERZOEK,
        number=1,
        recipient=MedewerkerId("k.engels"),
        address="k.engels@venlo.example",
        key=Vingerafdruk("0" * 40),
        envelope_from="",
        message_id="<1@venlo.example>",
        created=NOW,
        due=NOW,
        status=OutboundStatus.VASTGEHOUDEN,
        police=False,
    )


def shape(value: object) -> object:
    """The keys of a JSON value, at every depth where they are fixed."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else None


class TestExamples:
    def test_every_json_block_parses(self) -> None:
        """Who copies one has JSON."""
        for path in PAGES:
            for block in FENCE.finditer(path.read_text(encoding="utf-8")):
                if block[2] == "json":
                    json.loads(block[3])

    def test_the_uitkomst_is_read_by_its_own_reader(self) -> None:
        """The example is a document of the schema, once its blanks are gone."""
        value = json.loads(example("uitkomst"))
        plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert lees_uitkomst_json(plain.encode()).kenmerk == value["kenmerk"]

    def test_the_demo_has_these_fields(self) -> None:
        """A script of a check relies on them."""
        assert set(json.loads(example("demo"))) == {field.name for field in fields(Result)}

    def test_the_status_has_these_fields(self) -> None:
        """So does a timer that looks for alarms."""
        shown = json.loads(example("status"))
        held, alarm = outbound(), Alarm("bericht-vastgehouden", "0" * 32, NOW)
        counts = {status.value: 0 for status in OutboundStatus}
        made = Overview(shown["post_in"], counts, shown["casussen"], 0, [held], [alarm]).as_dict()
        assert shape(shown) == shape(made)

    def test_a_casus_has_these_fields(self) -> None:
        """And no answer among them."""
        record = CasusRecord(
            kenmerk=Kenmerk("ZNW-2026-00002"),
            staat=CasusStaat.IN_VERRIJKING,
            version=1,
            key_id=SleutelId("0"),
            melder=MedewerkerId("j.hermans"),
            melder_loket=LoketId("woonwenz"),
            received=NOW,
            police=False,
            melding=b"",
            seed=b"",
            verzoeken=(
                VerzoekRecord(
                    kenmerk=Kenmerk("ZNW-2026-00002"),
                    loket=LoketId("schuldhulpverlening"),
                    staat=VerzoekStaat.KLAARGEZET,
                    asked=MedewerkerId("k.engels"),
                    asked_on=NOW,
                ),
            ),
        )
        made = _casus(record) | {"berichten": [_bericht(outbound())]}
        assert shape(json.loads(example("casus"))) == shape(made)


class TestTables:
    operations = page("docs/operations.md")

    def test_the_events_are_those_of_the_catalogue(self) -> None:
        """What can be logged is exactly what is documented."""
        assert between(self.operations, "events") == catalogue_markdown()

    @pytest.mark.parametrize(
        ("name", "heading"), [("README.md", "### Watch it"), ("docs/operations.md", "### Alarms")]
    )
    def test_every_alarm_is_explained(self, name: str, heading: str) -> None:
        """What wakes a person tells him what to do."""
        codes = {row[0].strip("`") for row in rows(section(page(name), heading))}
        assert codes == {code.value for code in AlarmCode}

    def test_every_reason_to_hold_a_message_is_explained(self) -> None:
        """With the thing to mend."""
        held = ticked(section(self.operations, "### What is held"))
        assert {*map(str, GeenToegang), *map(str, LetterReason)} <= held

    def test_every_reason_to_wait_is_explained(self) -> None:
        """With the thing to mend."""
        waits = {row[0].strip("`") for row in rows(section(self.operations, "### What waits"))}
        assert waits == {*map(str, WaitReason)}

    def test_every_reason_to_refuse_a_mail_is_explained(self) -> None:
        """What the sender hears and what he does not; the operator looks both up."""
        unopened = ticked(section(self.operations, "### What was not opened, and why"))
        assert {*map(str, OpenReason), *map(str, UnreadableReason)} <= unopened
        told = ticked(section(self.operations, "### What was refused, and why"))
        refused = set(Uitslag) - {Uitslag.GEDAAN, Uitslag.ONDUIDELIJK}
        for reasons in (SenderReason, AutomaticReason, NietVerwerkt, Onhelder, refused):
            assert {*map(str, reasons)} <= told

    def test_every_column_of_both_databases_is_accounted_for(self) -> None:
        """Who adds a column says what it shows to a thief."""
        listed = {
            row[0].strip("`"): ticked(row[1] + re.split("[:;]", row[2])[0])
            for row in rows(between(page("docs/security.md"), "columns"))
        }
        tables = {**inbox.metadata.tables, **casus_key.metadata.tables}
        assert listed == {name: set(table.columns.keys()) for name, table in tables.items()}

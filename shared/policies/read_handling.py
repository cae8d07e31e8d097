"""Reading the sections about handling: pauses, views, handing over, assistance; and about who is meant."""

from shared.domain.codes import Force, Reach, StateKind, VisitMode
from shared.domain.kinds import Effect, HowSeen, Join
from shared.policies.attaching import AttachmentRules, FileKind
from shared.policies.forces import ForceRule, Forces, Participant
from shared.policies.forms import CellPart, Forms, Sheet
from shared.policies.handling import (
    Assistance,
    CircumstanceRule,
    EffectRule,
    Field,
    Handing,
    Handling,
    HandlingRules,
    Override,
    Passing,
    Pause,
    Scale,
    View,
)
from shared.policies.reader import Reader


def read_handling(root: Reader) -> HandlingRules:
    """The sections [pauses], [handlings], [views], [[handing]], [assistance] and [attachments]."""
    return HandlingRules(
        pauses=tuple(
            Pause(code=each.code, max_days=each.span("max_days")) for each in root.entries("pauses")
        ),
        handlings=tuple(_handling(each) for each in root.entries("handlings")),
        views=tuple(
            View(code=each.code, fields=each.some_of("fields", Field, least=0))
            for each in root.entries("views")
        ),
        handing=tuple(_handing(row) for row in root.rows("handing")),
        assistance=tuple(_assistance(each) for each in root.entries("assistance")),
        attachments=_attachments(root.child("attachments")),
    )


def _attachments(reader: Reader) -> AttachmentRules:
    return AttachmentRules(
        kinds=reader.some_of("kinds", FileKind),
        megabytes=reader.integer("max_megabytes", least=1, most=1000),
        megapixels=reader.integer("max_megapixels", least=1, most=1000),
        files=reader.integer("max_files", least=1, most=1000),
    )


def read_effects(reader: Reader) -> tuple[EffectRule, ...]:
    """What each outcome of a kind does."""
    return tuple(
        EffectRule(
            outcome=row.text("outcome", ""),
            does=row.some_of("does", Effect),
            state=row.one_of("state", StateKind) if row.has("state") else None,
            next_kind=row.text("next", ""),
            seen=read_seen(row.child("seen")) if row.has("seen") else None,
            scale=row.text("scale", ""),
        )
        for row in reader.rows("effects")
    )


def read_seen(reader: Reader) -> HowSeen:
    """What somebody else's seeing an elder is worth as a contact."""
    return HowSeen(
        mode=reader.one_of("mode", VisitMode),
        reach=reader.one_of("reach", Reach),
        force=reader.one_of("force", Force),
    )


def read_definitions(root: Reader) -> tuple[CircumstanceRule, ...]:
    """What each circumstance means, and what shows it."""
    section = root.child("circumstances")
    return tuple(
        CircumstanceRule(
            code=each.code,
            text=each.text("text"),
            evidence=each.texts("evidence"),
            origin=each.layered.origin(each.path),
        )
        for each in section.entries("definitions")
    )


def read_passing(root: Reader) -> Passing:
    """The section [circumstances.temporary]."""
    reader = root.child("circumstances").child("temporary")
    return Passing(review_days=reader.span("review_days"), max_days=reader.span("max_days"))


def read_override(root: Reader) -> Override:
    """The section [classification.override]."""
    reader = root.child("classification").child("override")
    return Override(valid_days=reader.span("valid_days"), second_person=reader.limit("second_person"))


def read_scales(root: Reader) -> tuple[Scale, ...]:
    """The section [scales]."""
    return tuple(
        Scale(code=each.code, version=each.text("version"), levels=each.texts("levels"))
        for each in root.entries("scales")
    )


def read_forces(root: Reader) -> Forces:
    """The sections [forces] and [participants]."""
    return Forces(
        forces=tuple(
            ForceRule(
                code=each.code,
                text=each.text("text"),
                counts_as=each.one_of("counts_as", Force),
                source=each.source,
            )
            for each in root.entries("forces")
        ),
        participants=tuple(
            Participant(code=each.code, counts_as=each.one_of("counts_as", Force), source=each.source)
            for each in root.entries("participants")
        ),
    )


def read_forms(root: Reader) -> Forms:
    """The section [forms]."""
    reader = root.child("forms")
    cell = reader.child("class_cell")
    return Forms(
        sheets=tuple(
            Sheet(
                code=each.code,
                name=each.text("name"),
                title=each.text("title"),
                is_landscape=each.flag("landscape", default=False),
                columns=each.texts("columns"),
                foot=each.texts("foot", ()),
                source=each.source,
            )
            for each in reader.entries("sheets")
        ),
        class_cell=cell.some_of("contents", CellPart, least=0),
        remark_cell=cell.some_of("remark", CellPart, least=0),
        separator=cell.text("separator"),
    )


def _handling(reader: Reader) -> Handling:
    extension, extends, pauses = reader.child("extension"), reader.has("extension"), reader.has("pauses")
    return Handling(
        code=reader.code,
        pauses=reader.texts("pauses", ()),
        pauses_at_most=reader.integer("pauses_at_most", least=1) if pauses else 0,
        paused_days_at_most=reader.span("paused_days_at_most") if pauses else 0,
        extensions_at_most=extension.integer("at_most", least=1) if extends else 0,
        extension=extension.limit("by") if extends else None,
        extended_by=extension.text("granted_by") if extends else "",
        join=reader.one_of("join", Join, Join.ALL),
    )


def _handing(row: Reader) -> Handing:
    return Handing(
        from_role=row.text("from", ""),
        to_role=row.text("to", ""),
        through=row.text("through", ""),
        needs_list_item=row.flag("needs_list_item", default=False),
        refusable=row.flag("refusable", default=True),
        source=row.source,
    )


def _assistance(reader: Reader) -> Assistance:
    return Assistance(
        code=reader.code,
        unit=reader.text("unit"),
        text=reader.text("text"),
        accept=reader.limit("accept"),
        complete=reader.limit("complete"),
        source=reader.source,
    )

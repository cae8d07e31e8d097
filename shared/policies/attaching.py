"""What may be attached to a piece of work (附件): kinds of file, and how large and how many at most."""

from dataclasses import dataclass
from enum import StrEnum

MEGA = 1_000_000


class FileKind(StrEnum):
    """What an attachment is, by its content."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRules:
    """What may be attached to a piece of work (附件): kinds of file, and how large and how many at most."""

    kinds: tuple[FileKind, ...]
    megabytes: int
    megapixels: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file to be attached: `so_far` are those that the referral has; no pixels means no picture."""

    kind: FileKind
    size: int
    pixels: int
    so_far: int


class AttachmentRefusal(StrEnum):
    """Why a file may not be attached."""

    WRONG_KIND = "file_kind_refused"
    TOO_LARGE = "file_too_large"
    PICTURE_TOO_LARGE = "picture_too_large"
    TOO_MANY = "too_many_files"


def attachment_refused(rules: AttachmentRules, sent: SentFile) -> str:
    """Why the file may not be attached; empty if it may."""
    if sent.so_far >= rules.files:
        return AttachmentRefusal.TOO_MANY
    if sent.size > rules.megabytes * MEGA:
        return AttachmentRefusal.TOO_LARGE
    if sent.pixels > rules.megapixels * MEGA:
        return AttachmentRefusal.PICTURE_TOO_LARGE
    return "" if sent.kind in rules.kinds else AttachmentRefusal.WRONG_KIND

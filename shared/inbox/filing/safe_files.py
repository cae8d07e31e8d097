"""What may be attached (附件): checked by its content, cleaned of what a camera writes into it, named safely.

A picture is drawn anew, so that place, time and device of the camera (EXIF, XMP) and whatever hides behind
the image stay outside. A PDF is kept as it came: nobody opens it here, it only leaves as a download.
"""

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.domain.errors import Invalid
from shared.policies.attaching import (
    AttachmentRefusal,
    AttachmentRules,
    FileKind,
    SentFile,
    attachment_refused,
)

PDF_BEGINS, PDF_ENDS = b"%PDF-", b"%%EOF"
PDF_TAIL = 1024
"""Where a PDF says that it ends: within its last bytes (ISO 32000-1, annex H.3)."""

PICTURES = {"JPEG": FileKind.JPEG, "PNG": FileKind.PNG}
ENDINGS = {FileKind.JPEG: ".jpg", FileKind.PNG: ".png", FileKind.PDF: ".pdf"}
MEDIA_TYPES = {FileKind.JPEG: "image/jpeg", FileKind.PNG: "image/png", FileKind.PDF: "application/pdf"}
NAMELESS = "file"
LONGEST_NAME = 60
QUALITY = 88
"""Good enough to read small print on a photographed paper."""

BROKEN = (OSError, SyntaxError, ValueError)
"""What Pillow raises for a picture that breaks off or lies."""

UNSAFE = re.compile(r'[/\\:*?"<>|%\s]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeFile:
    """A file that may be kept: a harmless name whose ending is true, and clean content."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a content turns out to be."""

    kind: FileKind
    pixels: int = 0
    picture: Image.Image | None = None

    @classmethod
    def in_pdf(cls, content: bytes) -> "Found | None":
        """A PDF by its first and last words."""
        is_pdf = content.startswith(PDF_BEGINS) and PDF_ENDS in content[-PDF_TAIL:]
        return cls(kind=FileKind.PDF) if is_pdf else None


def checked(name: str, content: bytes, rules: AttachmentRules, *, so_far: int) -> SafeFile:
    """The file as it may be kept, where the referral has `so_far` already.

    Raises Invalid: empty_file, file_unreadable, or a code of `AttachmentRefusal`, whatever the name says.
    """
    if not content:
        raise Invalid("empty_file")
    found = Found.in_pdf(content) or _picture(content, rules)
    sent = SentFile(kind=found.kind, size=len(content), pixels=found.pixels, so_far=so_far)
    if refusal := attachment_refused(rules, sent):
        raise Invalid(refusal, megabytes=rules.megabytes, megapixels=rules.megapixels, files=rules.files)
    clean = _drawn_anew(found.picture, found.kind) if found.picture else content
    return SafeFile(name=safe_name(name, found.kind), kind=found.kind, content=clean)


def safe_name(name: str, kind: FileKind) -> str:
    """The last part of a name without what could mislead: no path, no control marks, a true ending."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    shown = "".join(each for each in stem if unicodedata.category(each)[0] != "C")
    tidy = UNSAFE.sub("_", shown).strip("._ ")[:LONGEST_NAME]
    return f"{tidy or NAMELESS}{ENDINGS[kind]}"


def _picture(content: bytes, rules: AttachmentRules) -> Found:
    try:
        picture = Image.open(BytesIO(content), formats=tuple(PICTURES))
    except UnidentifiedImageError:
        raise Invalid(AttachmentRefusal.WRONG_KIND) from None
    except Image.DecompressionBombError:
        raise Invalid(AttachmentRefusal.PICTURE_TOO_LARGE, megapixels=rules.megapixels) from None
    except BROKEN:
        raise Invalid("file_unreadable") from None
    kind = PICTURES[str(picture.format)]
    return Found(kind=kind, pixels=picture.width * picture.height, picture=picture)


def _drawn_anew(picture: Image.Image, kind: FileKind) -> bytes:
    """The same picture upright, without anything but its pixels."""
    try:
        plain = ImageOps.exif_transpose(picture).convert("RGB" if kind is FileKind.JPEG else "RGBA")
    except BROKEN:
        raise Invalid("file_unreadable") from None
    blank = Image.new(plain.mode, plain.size)
    blank.paste(plain)
    written = BytesIO()
    blank.save(written, format=kind.upper(), quality=QUALITY)
    return written.getvalue()

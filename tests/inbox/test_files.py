"""Attachments and remarks: judged by content, cleaned, named safely, sealed, read by the parties alone."""

import struct
import zlib
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text
from werkzeug.test import TestResponse

from shared.contracts.access import Role
from shared.domain.errors import Invalid
from shared.domain.referral.moves import Status
from shared.inbox.filing.safe_files import checked, safe_name
from shared.platform.logins import Login
from shared.policies.attaching import AttachmentRules, FileKind
from tests.inbox.town import Town
from tests.web.browsing import json_of

RULES = AttachmentRules(kinds=tuple(FileKind), megabytes=1, megapixels=1, files=3)
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
GPS_PLACE, CAMERA = 0x8825, 0x010F


def a_picture_that_claims(side: int) -> bytes:
    """A PNG of a few bytes that says it is so many pixels wide and high."""
    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))
        for name, said in parts
    )


def a_photo(form: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A photograph whose camera wrote its maker and where it stood."""
    exif = Image.Exif()
    exif[CAMERA] = "Camera of 张红"
    exif.get_ifd(GPS_PLACE)[1] = "N"
    written = BytesIO()
    Image.new("RGB", size, "green").save(written, format=form, exif=exif)
    return written.getvalue()


def sent(town: Town, login: str, referral_id: UUID, *, key: str = "", **changes: Any) -> TestResponse:
    """Somebody attaches a file by the API."""
    file = (BytesIO(changes.get("content", a_photo())), changes.get("name", "现场.jpg"))
    headers = {"Authorization": f"Bearer {town.sign_in(login)}", "Idempotency-Key": key or uuid4().hex}
    return (
        town.app()
        .test_client()
        .post(f"/department/api/referrals/{referral_id}/attachments", data={"file": file}, headers=headers)
    )


def fetched(town: Town, login: str, referral_id: UUID, attachment_id: str) -> TestResponse:
    return town.browser(login).get(f"/department/inbox/{referral_id}/attachments/{attachment_id}")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photo_loses_place_and_camera_and_keeps_its_picture(form: str) -> None:
    """X-22: EXIF location stripped."""
    before = a_photo(form)
    assert b"Camera of" in before

    clean = checked("a", before, RULES, so_far=0)

    assert b"Camera of" not in clean.content
    with Image.open(BytesIO(clean.content)) as picture:
        assert not picture.getexif()
        assert (picture.format, picture.size) == (form, (40, 30))


def test_a_file_is_what_its_content_says_whatever_its_name_says() -> None:
    assert checked("合同.jpg", PDF, RULES, so_far=0).name == "合同.pdf"
    for content in (b"MZ\x90\x00 a program", b"<svg onload=alert(1)>", b"PK\x03\x04 a zip", b"GIF89a"):
        with pytest.raises(Invalid) as refused:
            checked("照片.jpg", content, RULES, so_far=0)
        assert refused.value.code == "file_kind_refused"


@pytest.mark.parametrize(
    ("content", "so_far", "code"),
    [
        (b"", 0, "empty_file"),
        (PDF.ljust(1_000_001, b"\n") + b"%%EOF", 0, "file_too_large"),
        (a_photo(size=(1001, 1000)), 0, "picture_too_large"),
        (a_picture_that_claims(40_000), 0, "picture_too_large"),
        (a_photo(), 3, "too_many_files"),
        (a_photo()[:-200], 0, "file_unreadable"),
    ],
)
def test_a_file_beyond_the_limits_is_refused_by_name(content: bytes, so_far: int, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked("a.jpg", content, RULES, so_far=so_far)
    assert refused.value.code == code


@given(name=st.text(max_size=300))
def test_no_name_leads_out_of_its_folder_or_hides_its_ending(name: str) -> None:
    safe = safe_name(name, FileKind.PDF)

    assert safe.endswith(".pdf")
    assert 4 < len(safe) <= 64
    assert not set(safe) & set('/\\:*?"<>|\r\n\0\u202e')
    assert not safe.startswith(".")


def test_a_party_downloads_it_as_a_file_that_no_browser_will_run(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    made = json_of(sent(town, "visitor", referral_id, name="..\\..\\現場 <1>.exe.jpg"))["id"]

    answer = fetched(town, "lawyer", referral_id, made)

    assert answer.status_code == HTTPStatus.OK
    assert answer.mimetype == "image/jpeg"
    named = answer.headers["Content-Disposition"]
    assert named.startswith("attachment;")
    assert unquote(named.partition("filename*=UTF-8''")[2]) == "現場_1_.exe.jpg"
    assert named.isascii(), "gunicorn sends no header that is not Latin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_but_a_party_finds_it_and_nothing_of_it_is_stored_readable(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    made = json_of(sent(town, "lawyer", referral_id, content=PDF, name="遗嘱.pdf"))["id"]
    with town.database(Login.OWNER).engine.connect() as owner:
        stored = owner.execute(
            text(
                "SELECT name_sealed, content_sealed FROM referral_file.attachment WHERE attachment_id = :id"
            ),
            {"id": made},
        ).one()

    assert fetched(town, "doctor", referral_id, made).status_code == HTTPStatus.NOT_FOUND
    assert fetched(town, "lawyer", uuid4(), made).status_code == HTTPStatus.NOT_FOUND
    assert b"%PDF" not in bytes(stored.content_sealed)
    assert "遗嘱".encode() not in bytes(stored.name_sealed)


def test_the_same_key_keeps_one_file_and_another_content_is_422(town: Town) -> None:
    referral_id, key = town.offered(uuid4().hex), uuid4().hex
    answers = [
        sent(town, "lawyer", referral_id, key=key, content=content) for content in (PDF, PDF, PDF + PDF)
    ]

    assert [answer.status_code for answer in answers] == [
        HTTPStatus.CREATED,
        HTTPStatus.CREATED,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ]
    assert json_of(answers[0]) == json_of(answers[1])
    assert town.browser("visitor").get(f"/department/inbox/{referral_id}").text.count(".pdf</a>") == 1


def test_a_remark_stands_on_the_page_also_when_the_work_is_done(town: Town) -> None:
    """409 for a move on what has ended; a comment is allowed."""
    referral_id = town.offered(uuid4().hex)
    path = f"/department/inbox/{referral_id}"
    town.browser("visitor").post(f"{path}/withdraw", {"reason": "mistake"}, on=path)
    assert town.judge.states[referral_id].status is Status.WITHDRAWN

    answer = town.browser("lawyer").post(f"{path}/remarks?key=one", {"text": "材料已退回老人。"}, on=path)
    town.browser("lawyer").post(f"{path}/remarks?key=one", {"text": "材料已退回老人。"}, on=path)

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert town.browser("visitor").get(path).text.count("材料已退回老人。") == 1


def test_a_refused_file_says_why_and_loses_no_word_that_was_typed(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    path = f"/department/inbox/{referral_id}"
    fields = {"text": "附上照片", "files": (BytesIO(b"MZ not a photo"), "照片.jpg")}

    answer = town.browser("lawyer").post(f"{path}/remarks", fields, on=path)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "只能上传照片" in answer.text
    assert "附上照片" in answer.text


def test_who_looks_on_without_being_a_party_adds_nothing(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)

    assert sent(town, "doctor", referral_id).status_code == HTTPStatus.NOT_FOUND


def test_nobody_opens_a_picture_of_a_report_that_they_may_not_read(town: Town) -> None:
    """X-11: the list left it out for them, its own address did not."""
    referral_id = town.offered(uuid4().hex, kind="mandatory_report")
    town.joins("reporter", "何清", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)
    attachment_id = json_of(sent(town, "reporter", referral_id))["id"]
    by_api = f"/department/api/referrals/{referral_id}/attachments/{attachment_id}"

    assert fetched(town, "reporter", referral_id, attachment_id).status_code == HTTPStatus.OK
    assert fetched(town, "visitor", referral_id, attachment_id).status_code == HTTPStatus.NOT_FOUND
    assert town.browser("visitor").get(by_api).status_code == HTTPStatus.NOT_FOUND
    assert town.browser("visitor").get(f"/department/inbox/{referral_id}").status_code == HTTPStatus.OK

"""Personal data: sealed for one place, under one elder's key, under a ring that turns."""

import base64
import os
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.platform.masking import mask_address, mask_id_number, mask_name, mask_phone
from shared.platform.privacy import KeyRing, MalformedKeyError, UnreadableError, Vault, place_of
from shared.platform.settings import Cipher, Settings, SettingsRefusedError

PLACE = place_of("care_register.elder.name", UUID(int=7))


def encoded_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def vault(keys: str, *, cipher: Cipher = Cipher.AES) -> Vault:
    return Vault(ring=KeyRing.parse(keys), index_key=bytes(32), cipher=cipher)


@pytest.mark.parametrize("cipher", Cipher)
@given(text=st.text())
def test_every_text_comes_back(cipher: Cipher, text: str) -> None:
    safe = vault(f"k1:{encoded_key()}", cipher=cipher)
    key = safe.open(safe.new_key())
    assert key.reveal(key.seal(text, PLACE), PLACE) == text


@pytest.mark.parametrize("cipher", Cipher)
def test_a_value_moved_to_another_row_or_column_cannot_be_read(cipher: Cipher) -> None:
    safe = vault(f"k1:{encoded_key()}", cipher=cipher)
    key = safe.open(safe.new_key())
    sealed = key.seal("张桂花", PLACE)
    elsewhere = [
        place_of("care_register.elder.name", uuid4()),
        place_of("care_register.elder.address", UUID(int=7)),
    ]
    for place in elsewhere:
        with pytest.raises(UnreadableError):
            key.reveal(sealed, place)


@pytest.mark.parametrize("cipher", Cipher)
@pytest.mark.parametrize("position", [0, 1, 20, -1])
def test_a_changed_byte_cannot_be_read(cipher: Cipher, position: int) -> None:
    safe = vault(f"k1:{encoded_key()}", cipher=cipher)
    key = safe.open(safe.new_key())
    changed = bytearray(key.seal("张桂花", PLACE))
    changed[position] ^= 0x40
    with pytest.raises(UnreadableError):
        key.reveal(bytes(changed), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(20)])
def test_what_is_too_short_is_refused(sealed: bytes) -> None:
    safe = vault(f"k1:{encoded_key()}")
    with pytest.raises(UnreadableError):
        safe.open(safe.new_key()).reveal(sealed, PLACE)


def test_one_elders_key_does_not_open_anothers() -> None:
    safe = vault(f"k1:{encoded_key()}")
    sealed = safe.open(safe.new_key()).seal("张桂花", PLACE)
    with pytest.raises(UnreadableError):
        safe.open(safe.new_key()).reveal(sealed, PLACE)


def test_turning_the_ring_rewraps_keys_and_touches_no_value() -> None:
    """Rotation: the old key opens, the new one wraps; afterwards the old one may leave the ring."""
    old, new = f"k1:{encoded_key()}", f"k2:{encoded_key()}"
    wrapped = vault(old).new_key()
    sealed = vault(old).open(wrapped).seal("张桂花", PLACE)

    turned = vault(f"{new},{old}").rewrap(wrapped)
    assert turned.key_id == "k2"
    assert vault(new).open(turned).reveal(sealed, PLACE) == "张桂花"
    with pytest.raises(UnreadableError, match="k1"):
        vault(new).open(wrapped)


def test_a_value_sealed_before_the_cipher_changed_still_opens() -> None:
    keys = f"k1:{encoded_key()}"
    wrapped = vault(keys).new_key()
    sealed = vault(keys).open(wrapped).seal("张桂花", PLACE)
    assert vault(keys, cipher=Cipher.SM4).open(wrapped).reveal(sealed, PLACE) == "张桂花"


def test_blind_indexes_find_equals_and_keep_kinds_apart() -> None:
    safe = vault(f"k1:{encoded_key()}")
    assert safe.blind_index("id", "1") == safe.blind_index("id", "1")
    assert (
        len({safe.blind_index("id", "1"), safe.blind_index("id", "2"), safe.blind_index("phone", "1")}) == 3
    )


def test_blind_indexes_and_purpose_keys_survive_a_rotation() -> None:
    before, after = vault(f"k1:{encoded_key()}"), vault(f"k2:{encoded_key()}")
    assert before.blind_index("id", "1") == after.blind_index("id", "1")
    assert before.purpose_key("csrf") == after.purpose_key("csrf") != after.purpose_key("search")


def test_payload_keys_belong_to_their_master_key() -> None:
    safe = vault(f"k2:{encoded_key()},k1:{encoded_key()}")
    assert safe.current_key_id == "k2"
    assert safe.payload_key("k1") != safe.payload_key("k2")
    with pytest.raises(UnreadableError):
        safe.payload_key("k0")


@pytest.mark.parametrize("keys", ["", "k1:short", "k1:%%%", f"k1:{base64.b64encode(bytes(31)).decode()}"])
def test_a_malformed_key_is_refused(keys: str) -> None:
    with pytest.raises(MalformedKeyError):
        KeyRing.parse(keys)


def test_keys_do_not_show_in_a_repr() -> None:
    secret = encoded_key()
    assert secret not in repr(KeyRing.parse(f"k1:{secret}")) + repr(Settings(master_keys=f"k1:{secret}"))


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (mask_name("张桂花"), "张**"),
        (mask_name("欧阳秀英"), "欧**"),
        (mask_name(""), ""),
        (mask_phone("13812345678"), "138****5678"),
        (mask_phone("12345"), "*****"),
        (mask_id_number("310110193803150028"), "310110********0028"),
        (mask_id_number("12345"), "*****"),
        (mask_address("江浦路街道打虎山路1弄2号301室"), "江浦路街道打虎山路1弄**"),
        (mask_address("洪山镇蓼坞村12号"), "洪山镇蓼坞村**"),
        (mask_address("江浦路街道打虎山路12号"), "江浦路街道打虎山路**"),
        (mask_address("不知道"), "**"),
    ],
)
def test_masks_follow_the_table(masked: str, shown: str) -> None:
    """domain.md §3.5: name 张**, phone 138****5678, number 310110********0028, address to 小区/村."""
    assert masked == shown


@pytest.mark.parametrize("setting", ["master_keys", "index_key"])
def test_a_setting_that_is_no_key_is_refused_by_its_name(setting: str) -> None:
    """A service that is installed with it says which line of its settings is wrong."""
    with pytest.raises(
        SettingsRefusedError, match=f"TANFANG_{setting.upper()}: a key is not 32 bytes"
    ) as raised:
        Vault.from_settings(replace(Settings(), **{setting: "YWJj"}))
    assert raised.value.code == "malformed"

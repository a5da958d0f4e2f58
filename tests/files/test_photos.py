"""A stored photo holds pixels only, whatever came with it; what telephones make is taken; a refusal names the limit."""

from __future__ import annotations

import io
import os
import signal
import struct
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pillow_heif
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.files.pictures import saved
from yiwang.files import decoder as module
from yiwang.files import photo
from yiwang.files.cleaning import clean
from yiwang.files.decoder import decoder
from yiwang.files.definition import BUDGET, EVIDENCE, PORTAL, NotKept

MARK = "call 10012345678"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture(scope="module", autouse=True)
def formats() -> None:
    pillow_heif.register_heif_opener()  # it can write them too
    photo.prepare()


def kept(name: str, content: bytes, budget: int = BUDGET) -> Any:
    """Cleaned where the server cleans: in the decoder's own process."""
    return decoder.clean(name, content, EVIDENCE.takes, budget)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def exif(orientation: int = 1) -> Image.Exif:
    """Everything that a telephone writes, with the mark wherever text may stand."""
    found = Image.Exif()
    found[0x010E] = found[0x013B] = found[0x8298] = MARK  # description, artist, copyright
    found[0x0112] = orientation
    found.get_ifd(0x8769).update({0x9003: "2026:10:12 08:30:00", 0x9286: b"ASCII\0\0\0" + MARK.encode()})
    found.get_ifd(0x8825).update({1: "N", 2: (31.0, 1.0, 12.0), 3: "E", 4: (121.0, 54.0, 36.0)})
    return found


def with_markers(image: Image.Image, form: str, orientation: int) -> bytes:
    """The picture as a file of a format, with the mark planted in every place of it that holds more than pixels."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARK}</x:xmpmeta>".encode()
    icc = SRGB.replace(b"sRGB", b"sRGB", 1)
    whole = exif(orientation).tobytes()
    if form == "MPO":
        second = Image.new("RGB", image.size, "red")
        out = saved(image, "MPO", save_all=True, append_images=[second], exif=whole, comment=MARK.encode())
        return out + MARK.encode()
    if form == "JPEG":
        out = saved(image, "JPEG", exif=whole, comment=MARK.encode(), icc_profile=icc, xmp=xmp)
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x20" + MARK.encode().ljust(32)
        return out[:2] + _app(0xED, iptc) + _app(0xE2, b"MPF\0" + MARK.encode()) + out[2:] + MARK.encode()
    if form == "PNG":
        text = PngInfo()
        text.add_text("Comment", MARK)
        text.add_text("Zipped", MARK, zip=True)
        text.add_itxt("XML:com.adobe.xmp", MARK)
        out = saved(image, "PNG", pnginfo=text, exif=whole, icc_profile=icc)
        private = b"prVt" + MARK.encode()
        chunk = struct.pack(">I", len(MARK)) + private + struct.pack(">I", zlib.crc32(private))
        return out[:33] + chunk + out[33:] + MARK.encode()
    if form == "WEBP":
        return saved(image, "WEBP", exif=whole, icc_profile=icc, xmp=xmp) + MARK.encode()
    return saved(image, "HEIF", exif=whole, xmp=xmp, quality=60) + MARK.encode()


def _app(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def beside_pixels(content: bytes) -> dict[str, Any]:
    """What of a file is no pixel: its segments or chunks, what Pillow finds, and what stands behind the end."""
    found: dict[str, Any] = {}
    if content.startswith(b"\x89PNG"):
        at, names = 8, []
        while at < len(content):
            size = struct.unpack(">I", content[at : at + 4])[0]
            names.append(content[at + 4 : at + 8])
            at += 12 + size
        found["chunks"] = sorted({*names} - {b"IHDR", b"IDAT", b"IEND"})
        found["behind"] = b"" if names[-1] == b"IEND" and at == len(content) else content[at:]
    else:
        at = 2
        while content[at + 1] != 0xDA:
            marker, size = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
            if marker == 0xFE or (0xE1 <= marker <= 0xEF):
                found.setdefault("segments", []).append(hex(marker))
            at += 2 + size
        found["behind"] = content[content.rindex(b"\xff\xd9") + 2 :]
    image = opened(content)
    found["info"] = {name for name in image.info if not name.startswith("jfif")}
    found["exif"], found["frames"] = dict(image.getexif()), getattr(image, "n_frames", 1) - 1
    return {name: value for name, value in found.items() if value}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    form=st.sampled_from(["JPEG", "MPO", "PNG", "WEBP", "HEIF"]),
    mode=st.sampled_from(["RGB", "L", "RGBA", "LA", "P", "1", "CMYK", "I;16"]),
    size=st.tuples(st.integers(2, 90), st.integers(2, 90)),
    orientation=st.integers(1, 8),
)
@example(form="MPO", mode="RGB", size=(300, 200), orientation=6)
@example(form="HEIF", mode="RGB", size=(64, 48), orientation=1)
def test_nothing_but_pixels_is_kept(form: str, mode: str, size: tuple[int, int], orientation: int) -> None:
    image = Image.new(mode, size)
    try:
        came = with_markers(image, form, orientation)
    except (OSError, ValueError, KeyError):  # the format has no such mode
        came = with_markers(image.convert("RGB"), form, orientation)
    found = clean("IMG_1.jpg", came, EVIDENCE.takes, BUDGET)
    assert MARK.encode() not in found.content
    assert beside_pixels(found.content) == {}
    assert opened(found.content).mode in ("RGB", "L")


@pytest.mark.parametrize("form", ["JPEG", "MPO", "PNG", "WEBP", "HEIF"])
def test_where_and_when_is_read_before(form: str) -> None:
    found = clean("a", with_markers(Image.new("RGB", (80, 60)), form, 1), EVIDENCE.takes, BUDGET)
    assert (found.lat, found.lon) == (31.02, 121.91)
    assert found.taken_at == datetime(2026, 10, 12, 8, 30)
    with_offset = exif()
    with_offset.get_ifd(0x8769)[0x9011] = "+00:00"
    found = clean("a", saved(Image.new("RGB", (80, 60)), "JPEG", exif=with_offset), EVIDENCE.takes, BUDGET)
    assert found.taken_at == datetime(2026, 10, 12, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["0001:01:01 00:00:00", "9999:12:31 23:59:59", "0000:00:00 00:00:00", "1899:12:31 00:00:00"]
)
@pytest.mark.parametrize("offset", ["", "+14:00", "-14:00"])
def test_what_a_broken_clock_wrote_is_no_moment(said: str, offset: str) -> None:
    """One step of a zone from the year 1 or 9999 is no date any more: no page could show the file again."""
    found = exif()
    found.get_ifd(0x8769).update({0x9003: said, **({0x9011: offset} if offset else {})})
    assert clean("a", saved(Image.new("RGB", (8, 6)), "JPEG", exif=found), EVIDENCE.takes, BUDGET).taken_at is None


def _corners(image: Image.Image) -> list[int]:
    grey = image.convert("L")
    right, low = grey.width - 2, grey.height - 2
    return [round(grey.getpixel(at) / 85) for at in ((1, 1), (right, 1), (right, low), (1, low))]


@pytest.mark.parametrize("form", ["JPEG", "MPO", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("scale", [1, 40])
def test_it_stands_upright_as_its_maker_says(form: str, orientation: int, scale: int) -> None:
    """Each corner of another grey; scaled down or not, they end where the EXIF standard puts them."""
    if scale == 40 and form != "JPEG":
        pytest.skip("large ones are made as JPEG")
    image = Image.new("L", (80, 60))
    for grey, box in ((0, (0, 0, 40, 30)), (85, (40, 0, 80, 30)), (170, (40, 30, 80, 60)), (255, (0, 30, 40, 60))):
        image.paste(grey, box)
    image = image.resize((80 * scale, 60 * scale), Image.Resampling.NEAREST).convert("RGB")
    found = clean("a", saved(image, "MPO" if form == "MPO" else form, exif=exif(orientation)), EVIDENCE.takes, BUDGET)
    turned = {
        1: [0, 1, 2, 3], 2: [1, 0, 3, 2], 3: [2, 3, 0, 1], 4: [3, 2, 1, 0],
        5: [0, 3, 2, 1], 6: [3, 0, 1, 2], 7: [2, 1, 0, 3], 8: [1, 2, 3, 0],
    }  # fmt: skip
    upright = opened(found.content)
    assert _corners(upright) == turned[orientation]
    assert (upright.width > upright.height) is (orientation < 5)


def test_what_lies_under_transparent_places_is_not_kept() -> None:
    secret = Image.new("RGBA", (40, 30), (1, 2, 3, 0))
    found = clean("a.png", saved(secret, "PNG"), EVIDENCE.takes, BUDGET)
    assert opened(found.content).convert("RGB").getcolors() == [(1200, (255, 255, 255))]


def test_colours_are_kept_as_their_profile_means_them() -> None:
    """A picture in another profile looks the same without it."""
    lab = ImageCms.createProfile("sRGB")
    image = ImageCms.applyTransform(
        Image.new("RGB", (40, 30), (200, 30, 30)),
        ImageCms.buildTransform(lab, ImageCms.createProfile("sRGB"), "RGB", "RGB"),
    )
    found = clean("a.png", saved(image, "PNG", icc_profile=SRGB), EVIDENCE.takes, BUDGET)
    pixel = opened(found.content).getpixel((3, 3))
    assert all(abs(a - b) <= 2 for a, b in zip(pixel, (200, 30, 30), strict=True))


def large(form: str, width: int, height: int, **more: Any) -> Callable[[], bytes]:
    return lambda: saved(Image.new("RGB", (width, height), (0, 99, 0)), form, **more)


TAKEN = {
    "12 million, JPEG": large("JPEG", 4000, 3000),
    "48 million, JPEG": large("JPEG", 8000, 6000),
    "108 million, JPEG": large("JPEG", 12000, 9000),
    "200 million, JPEG": large("JPEG", 16320, 12240),
    "48 million, HEIC": large("HEIF", 8064, 6048, quality=10),
    "a long screenshot": large("PNG", 1080, 20000),
    "a panorama": large("JPEG", 16000, 3000),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_telephones_make_is_taken_and_scaled_down(name: str) -> None:
    found = kept(name, TAKEN[name]())
    image = opened(found.content)
    assert 5_500_000 < image.width * image.height <= 6_500_000
    assert found.decoded <= 50_000_000


REFUSED = {
    "too many pixels for a PNG": (large("PNG", 6300, 6300), "40 million pixels; this format may have at most 24"),
    "too many pixels for a WebP": (large("WEBP", 6300, 6300), "40 million pixels; this format may have at most 24"),
    "a JPEG that no telephone makes": (large("JPEG", 12000, 9000, progressive=True), "108 million pixels"),
    "too many pixels anywhere": (lambda: saved(Image.new("1", (60000, 60000)), "PNG"), "3,600 million pixels"),
    "nothing in it": (lambda: b"", "is empty"),
    "cut off": (lambda: large("JPEG", 400, 300)()[:600], "cannot be opened; it may be damaged"),
    "another format": (large("GIF", 40, 30), "Send a JPEG, HEIC, PNG or WebP photo, or a PDF"),
    "a video": (lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(100), "Send a JPEG, HEIC, PNG or WebP photo, or a PDF"),
    "a drawing that may run scripts": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Send a JPEG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_the_real_limit(name: str) -> None:
    content, says = REFUSED[name]
    with pytest.raises(NotKept) as refused:
        kept("a.jpg", content())
    assert says in refused.value.words.speak("en")
    assert refused.value.words.speak("zh") != refused.value.words.speak("en")


def test_a_budget_of_pixels_holds_for_all_together() -> None:
    """What is decoded counts: a JPEG at the size to which it is scaled down while it is read."""
    picture = large("PNG", 2000, 2000)()
    assert kept("a.png", picture, budget=4_000_000).decoded == 4_000_000
    with pytest.raises(NotKept) as refused:
        kept("a.png", picture, budget=3_999_999)
    assert "too many pixels" in refused.value.sentence("en")
    assert kept("a.jpg", TAKEN["48 million, JPEG"](), budget=12_000_000)


@cache
def _sound(form: str) -> bytes:
    return with_markers(Image.effect_noise((60, 40), 60).convert("RGB"), form, 1)


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "HEIF"]), st.data())
def test_a_damaged_file_is_taken_clean_or_refused_in_words(form: str, data: st.DataObject) -> None:
    whole = bytearray(_sound(form))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    try:
        found = clean("a", bytes(whole[:cut]), EVIDENCE.takes, BUDGET)
    except NotKept as trouble:
        assert (trouble.status, bool(trouble.words.speak("zh"))) == (422, True)  # noqa: PT017
        return
    if found.media_type.startswith("image/"):
        assert beside_pixels(found.content) == {}


def test_the_decoder_goes_on_after_a_file_that_ends_it() -> None:
    """Killed in the middle, the one file is refused and the next is taken."""
    mine = module.Decoder()
    mine.clean("a.jpg", large("JPEG", 40, 30)(), PORTAL.takes, BUDGET)
    slow = large("PNG", 4800, 4800)()
    process = mine._process
    assert process is not None
    threading.Timer(0.15, lambda: os.kill(process.pid, signal.SIGKILL)).start()
    with pytest.raises(NotKept) as refused:
        mine.clean("b.png", slow, PORTAL.takes, BUDGET)
    assert refused.value.status == 422
    assert mine.clean("c.jpg", large("JPEG", 40, 30)(), PORTAL.takes, BUDGET).content
    mine.close()


def test_who_waits_too_long_or_behind_too_many_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    mine = module.Decoder()
    beats: list[int] = []
    with mine._turn:
        with pytest.raises(NotKept) as refused:
            mine.clean("a.jpg", b"\xff\xd8\xff", PORTAL.takes, BUDGET, beat=lambda: beats.append(1))
        assert refused.value.status == 503
        monkeypatch.setattr(module, "PATIENCE", 5.0)
        waiting = []

        def wait() -> None:
            with suppress(NotKept):
                mine.clean("a", b"\xff\xd8\xff", PORTAL.takes, 0)

        for _ in range(1 + module.WAITING):
            thread = threading.Thread(target=wait)
            thread.start()
            waiting.append(thread)
        while mine._places._value:
            time.sleep(0.01)
        with pytest.raises(NotKept) as refused:
            mine.clean("a.jpg", b"\xff\xd8\xff", PORTAL.takes, BUDGET)
        assert refused.value.status == 503
    for thread in waiting:
        thread.join(30)
    mine.close()

"""Documents are kept without what they tell beside their pages, and under names that say what they are."""

from __future__ import annotations

import base64
import io
import unicodedata
import zipfile
import zlib
from typing import Any

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.files.pictures import saved
from yiwang.files import names
from yiwang.files.cleaning import clean
from yiwang.files.definition import BUDGET, PROOF, NotKept

MARK = "call 10012345678"


def cleaned(name: str, content: bytes) -> Any:
    return clean(name, content, PROOF.takes, BUDGET)


def pdf(change: Any = lambda writer: None, **more: Any) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = io.BytesIO()
    if password := more.get("password"):
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def _stream(text: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(text.encode())
    return stream


def info(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": MARK, "/Producer": MARK, "/Title": MARK})


def xmp(writer: PdfWriter) -> None:
    for holder in (writer.root_object, writer.pages[0]):
        holder[NameObject("/Metadata")] = writer._add_object(_stream(f"<x:xmpmeta>{MARK}</x:xmpmeta>"))


def attachment(writer: PdfWriter) -> None:
    writer.add_attachment("secret.txt", MARK.encode())


def script(writer: PdfWriter) -> None:
    said = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(f"app.alert('{MARK}')")}
    action = writer._add_object(DictionaryObject(said))
    writer.root_object[NameObject("/OpenAction")] = action
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def photo_inside(writer: PdfWriter) -> None:
    exif = Image.Exif()
    exif[0x010E] = MARK
    image = DecodedStreamObject()
    image._data = saved(Image.new("RGB", (8, 8)), "JPEG", exif=exif, comment=MARK.encode())
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    writer.pages[0][NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(image)})}
    )


def piece_info(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/App"): TextStringObject(MARK)})


def note(writer: PdfWriter) -> None:
    said = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Text"), "/T": TextStringObject(MARK)}
    said |= {"/Contents": TextStringObject("said"), "/Rect": ArrayObject()}
    one = writer._add_object(DictionaryObject({NameObject(name): value for name, value in said.items()}))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([one])


def of(names: str = "", **more: Any) -> DictionaryObject:
    """A dictionary of names (`"/S /Launch"`) and of other values."""
    said = names.split()
    return DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in zip(said[::2], said[1::2], strict=True)}
        | {NameObject(f"/{key}"): value for key, value in more.items()}
    )


def on_the_page(made: Any) -> Any:
    """Hangs something on a page, as another object does or within the page itself."""

    def change(writer: PdfWriter) -> None:
        within, beside = made(writer), writer._add_object(made(writer))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([within, beside])

    return change


def embedded(writer: PdfWriter) -> Any:
    return writer._add_object(_stream(MARK))


SCRIPT = of("/S /JavaScript", JS=TextStringObject(MARK))
WITHIN = {
    "a script of a link": lambda writer: of("/Subtype /Link", A=SCRIPT),
    "what comes next": lambda writer: of("/Subtype /Link", A=of("/S /GoTo", Next=ArrayObject([SCRIPT]))),
    "a program": lambda writer: of("/Subtype /Link", A=of("/S /Launch", F=TextStringObject(MARK))),
    "a file of another machine": lambda writer: of("/Subtype /Link", A=of("/S /GoToR", F=TextStringObject(MARK))),
    "a script of a film": lambda writer: of("/Subtype /Screen", A=of("/S /Rendition", JS=TextStringObject(MARK))),
    "a script of a field": lambda writer: of("/Subtype /Widget /FT /Tx", AA=of(K=SCRIPT)),
    "a file": lambda writer: of("/Subtype /FileAttachment", FS=of("/Type /F", EF=of(F=embedded(writer)))),
    "a film": lambda writer: of("/Subtype /RichMedia", RichMediaContent=of(Assets=of(EF=of(F=embedded(writer))))),
    "an author": lambda writer: of("/Subtype /Text", T=TextStringObject(MARK)),
    "a date of a part": lambda writer: of("/Subtype /Link", Deeper=of(Metadata=TextStringObject(MARK))),
    "a form of its own": lambda writer: of(XFA=ArrayObject([TextStringObject(MARK)])),
}


@pytest.mark.parametrize("made", WITHIN.values(), ids=WITHIN)
def test_nothing_that_hangs_on_a_part_of_a_page_stays(made: Any) -> None:
    found = cleaned("a.pdf", pdf(on_the_page(made)))
    after = PdfReader(io.BytesIO(found.content))
    assert not found.as_it_came
    assert not any(MARK.encode() in one for one in (found.content, *_streams(after)))


def test_a_link_still_leads_where_it_led() -> None:
    link = of("/Subtype /Link", A=of("/S /URI", URI=TextStringObject("https://example.org/")))
    page = PdfReader(io.BytesIO(cleaned("a.pdf", pdf(on_the_page(lambda writer: link))).content)).pages[0]
    assert [one.get_object()["/A"]["/URI"] for one in page["/Annots"]] == ["https://example.org/"] * 2


@pytest.mark.parametrize(
    ("name", "packed"), [("/FlateDecode", zlib.compress), ("/ASCII85Decode", lambda one: base64.a85encode(one) + b"~>")]
)
def test_a_photo_that_is_packed_once_more_loses_its_exif_too(name: str, packed: Any) -> None:
    def change(writer: PdfWriter) -> None:
        photo_inside(writer)
        image = writer.pages[0]["/Resources"]["/XObject"]["/I"]
        image._data = packed(image._data)
        image[NameObject("/Filter")] = ArrayObject([NameObject(name), NameObject("/DCTDecode")])

    image = PdfReader(io.BytesIO(cleaned("a.pdf", pdf(change)).content)).pages[0]["/Resources"]["/XObject"]["/I"]
    assert (image["/Filter"], Image.open(io.BytesIO(image._data)).size) == ("/DCTDecode", (8, 8))
    assert MARK.encode() not in image._data


def test_what_a_note_on_a_page_says_stays() -> None:
    page = PdfReader(io.BytesIO(cleaned("a.pdf", pdf(note)).content)).pages[0]
    assert [one.get_object()["/Contents"] for one in page["/Annots"]] == ["said"]


@pytest.mark.parametrize("change", [info, xmp, attachment, script, photo_inside, piece_info, note])
def test_a_pdf_keeps_its_pages_alone(change: Any) -> None:
    came = pdf(change)
    reader = PdfReader(io.BytesIO(came))
    assert any(MARK.encode() in one for one in (came, *_streams(reader))) or change is info
    found = cleaned("a.pdf", came)
    after = PdfReader(io.BytesIO(found.content))
    assert (found.media_type, found.as_it_came, len(after.pages)) == ("application/pdf", False, 1)
    assert not any(MARK.encode() in one for one in (found.content, *_streams(after)))
    assert MARK not in str(after.metadata or "")
    assert after.xmp_metadata is None


def _streams(reader: PdfReader) -> list[bytes]:
    found = []
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        try:
            one = reader.get_object(number)
        except Exception:
            continue
        if hasattr(one, "get_data"):
            found.append(one._data if one.get("/Filter") == "/DCTDecode" else one.get_data())
    return found


def test_trailing_bytes_and_earlier_versions_of_a_pdf_go() -> None:
    found = cleaned("a.pdf", pdf() + MARK.encode())
    assert MARK.encode() not in found.content


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4 evidence", pdf(password="x"), pdf()[:200]], ids=["none", "locked", "cut"]
)
def test_a_pdf_that_cannot_be_opened_is_kept_as_it_came_and_said(content: bytes) -> None:
    found = cleaned("验收.pdf", content)
    assert (found.content, found.media_type, found.as_it_came) == (content, "application/octet-stream", True)


def signed(*covers: int, mark: bytes = b"0" * 400) -> Any:
    """Puts a signature over so many bytes into a document."""

    def sign(writer: PdfWriter) -> None:
        said = {"/ByteRange": ArrayObject(map(NumberObject, covers)), "/Contents": ByteStringObject(mark)}
        field = writer._add_object(of("/FT /Sig", V=DictionaryObject({NameObject(n): v for n, v in said.items()})))
        writer.root_object[NameObject("/AcroForm")] = of(Fields=ArrayObject([field]))

    return sign


def test_a_signed_pdf_stays_as_it_was_signed() -> None:
    came = pdf(signed(0, 100, 300, 200))
    assert cleaned("a.pdf", came).content == came


@pytest.mark.parametrize(
    "sign", [signed(), signed(0, 0, 0, 0), signed(0, 100, 300, 99999), signed(0, 100, 300, 200, mark=b"x")]
)
def test_what_only_looks_like_a_signature_protects_nothing(sign: Any) -> None:
    found = cleaned("a.pdf", pdf(lambda writer: [sign(writer), info(writer), script(writer)]))
    assert MARK.encode() not in found.content
    assert not found.as_it_came


def test_a_signed_pdf_that_acts_is_only_handed_out_as_a_download() -> None:
    came = pdf(lambda writer: [signed(0, 100, 300, 200)(writer), script(writer)])
    found = cleaned("a.pdf", came)
    assert (found.content, found.media_type, found.as_it_came) == (came, "application/octet-stream", True)


def test_a_form_that_makes_its_pages_itself_is_only_handed_out_as_a_download() -> None:
    came = pdf(lambda writer: writer.root_object.__setitem__(NameObject("/NeedsRendering"), BooleanObject(True)))
    assert cleaned("a.pdf", came).as_it_came


def word() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.core_properties.author = document.core_properties.comments = MARK
    document.add_paragraph("加装电梯240台")
    exif = Image.Exif()
    exif[0x010E] = MARK
    document.add_picture(io.BytesIO(saved(Image.new("RGB", (8, 8)), "JPEG", exif=exif, comment=MARK.encode())))
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = MARK
    book.active["A1"] = "240"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("make", "extension"), [(word, "docx"), (sheet, "xlsx")])
def test_an_office_file_keeps_its_content_alone(make: Any, extension: str) -> None:
    found = cleaned("报告.exe", make())
    parts = zipfile.ZipFile(io.BytesIO(found.content))
    assert found.name == f"报告.{extension}"
    assert [name for name in parts.namelist() if MARK.encode() in parts.read(name)] == []
    if make is word:
        assert docx.Document(io.BytesIO(found.content)).paragraphs[0].text == "加装电梯240台"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AUTHORED = {
    "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="{MARK}" w:initials="{MARK}">said</w:comment>'
    "</w:comments>",
    "word/people.xml": f'<w15:people><w15:person w15:author="{MARK}"><w15:presenceInfo w15:userId="{MARK}"/>'
    "</w15:person></w15:people>",
    "docProps/custom2.xml": f"<Properties>{MARK}</Properties>",
    "xl/comments/comment1.xml": f"<comments><authors><author>{MARK}</author></authors>said</comments>",
    "xl/persons/person.xml": f'<person displayName="{MARK}" userId="{MARK}" id="1"/>',
    "ppt/commentAuthors.xml": f'<p:cmAuthor id="1" name="{MARK}" initials="{MARK}"/>',
}


def test_who_commented_or_changed_goes_and_what_they_said_stays() -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as parts:
        for name, body in AUTHORED.items():
            parts.writestr(name, body)
    found = zipfile.ZipFile(io.BytesIO(cleaned("a.docx", out.getvalue()).content))
    assert [name for name in found.namelist() if MARK.encode() in found.read(name)] == []
    assert [b"said" in found.read(name) for name in ("word/comments.xml", "xl/comments/comment1.xml")] == [True, True]
    assert docx.Document(io.BytesIO(cleaned("a.docx", word()).content)).paragraphs[0].text == "加装电梯240台"


def test_a_packed_bomb_or_macros_are_refused() -> None:
    for name, body in (("word/media/a.bin", bytes(210 * 2**20)), ("word/vbaProject.bin", b"x")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "<x/>")
            archive.writestr(name, body)
        with pytest.raises(NotKept):
            cleaned("a.docx", out.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"PK\x03\x04zip",
        b"\xd0\xcf\x11\xe0old office",
        b"\x7fELF\x02",
        b"\x00\x00\x00 ftypavif\x00\x00\x00\x00avifmif1miafMA1B",  # a photo of another sort, and not a damaged one
    ],
)
def test_what_is_taken_nowhere_is_refused_with_what_is_taken(content: bytes) -> None:
    with pytest.raises(NotKept) as refused:
        cleaned("a.pdf", content)
    assert "docx, xlsx or pptx" in refused.value.sentence("en")


# --- names ----------------------------------------------------------------------------------------------------------

NAMES = {
    "报告\u202egpj.exe": "报告gpj.pdf",
    "../../etc/passwd": "passwd.pdf",
    "C:\\fakepath\\a.JPG.exe": "a.pdf",
    "a\x00b\x07.pdf": "ab.pdf",
    "con.pdf": "_con.pdf",
    " . . ": "document.pdf",
    ".htaccess": "htaccess.pdf",
    "a\u200b\ufeff\u2066b.pdf": "ab.pdf",
    "2026.10.12 现场.pdf": "2026.10.12 现场.pdf",
    'a"b<c>|d?.pdf': "a_b_c__d_.pdf",
    "": "document.pdf",
}


@pytest.mark.parametrize("came", NAMES)
def test_a_name_says_what_the_file_is(came: str) -> None:
    assert names.clean(came, "pdf", "document") == NAMES[came]


@given(st.text(max_size=400), st.sampled_from(["jpg", "pdf", "docx"]))
@example("好" * 300, "jpg")
@example("a" * 300 + ".exe", "jpg")
@example("\ud800.jpg", "pdf")
def test_a_name_is_short_visible_and_ends_once(came: str, extension: str) -> None:
    name = names.clean(came, extension)
    stem, _, end = name.rpartition(".")
    assert end == extension
    assert len(stem) > 0
    assert len(name) <= names.LONGEST
    assert len(name.encode()) <= names.LONGEST_BYTES
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert not set(name) & set('/\\<>:"|?*\n\r\t')
    assert names.clean(name, extension) == name
    assert len(names.spoken(came)) <= 60

"""A file's name as it may be kept and handed out: what people see is what it is.

What comes with a name is only a hint. Its end is given by what the file is; signs that turn the reading direction
around, that cannot be seen, or that a file system takes for something else are left out.
"""

from __future__ import annotations

import re
import unicodedata

from yiwang.org import personal

LONGEST = 120  # signs
LONGEST_BYTES = 200  # a file system takes 255
# ends that say a type: left out wherever they stand at the end, so that no name says two
_ENDS = frozenset(
    "jpg jpeg jpe jfif heic heif hif png webp gif bmp tif tiff svg avif pdf doc docx docm xls xlsx xlsm xlsb ppt pptx"
    " pptm wps et dps ofd rtf odt ods txt text csv tsv md zip rar 7z gz exe com scr bat cmd msi pif cpl dll js jse vbs"
    " vbe wsf wsh hta ps1 sh py php phtml asp aspx jsp htm html xhtml xht mht mhtml xml xsl lnk url jar apk app dmg"
    " iso img mp4 mov".split()
)
_DOCUMENTS = frozenset("pdf doc docx xls xlsx ppt pptx wps et dps ofd rtf odt ods txt csv tsv md html htm".split())
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*\\/]')
_SPACES = re.compile(r"\s+")


def clean(name: str, extension: str, otherwise: str = "file") -> str:
    """The name without its folder, hidden signs and false ends, ending in `extension`.

    >>> clean("C:\\\\fakepath\\\\现场 1.JPG", "jpg")
    '现场 1.jpg'
    >>> clean("报告\\u202egpj.exe", "pdf")
    '报告gpj.pdf'
    >>> clean("invoice.pdf.exe", "pdf")
    'invoice.pdf'
    """
    text = _plain(name)
    while (stem := _without_end(text)) != text:
        text = stem
    text = _of_nobody(text)
    if not text.strip("_ ."):
        text = otherwise
    if _RESERVED.match(text):
        text = f"_{text}"
    return f"{_cut(text, LONGEST - len(extension) - 1, LONGEST_BYTES - len(extension) - 1)}.{extension}"


def _of_nobody(text: str) -> str:
    """Numbers and names of people in a file's name are masked too (R9.3), with a sign that a file system takes.

    >>> _of_nobody("王芳13800138000的身份证")
    '王x138xxxx8000的身份证'
    """
    return personal.masked(text).replace("*", "x")


def document(name: str) -> str:
    """The name of a document that is kept as it came: its own end stays, when it is one that a document has.

    >>> document("a/2026年计划\u202e.docx"), document("plan.txt.exe"), document("计划")
    ('2026年计划.docx', 'plan.txt', '计划.bin')
    """
    text = _plain(name)
    while (stem := _without_end(text)) != text:
        end = text.rsplit(".", 1)[-1].strip().lower()
        if end in _DOCUMENTS:
            return clean(stem, end, "document")
        text = stem
    return clean(text, "bin", "document")


def spoken(name: str) -> str:
    """A name as a sentence may say it: without its folder and hidden characters, at most 60 characters."""
    text = _of_nobody(_plain(name))
    return (text if len(text) <= 60 else f"{text[:40]}…{text[-12:]}") or "?"


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    text = "".join(sign for sign in text if not _hidden(sign))
    return _SPACES.sub(" ", _UNFIT.sub("_", text)).strip(" .")


def _hidden(sign: str) -> bool:
    """Control, format (direction marks, joiners), surrogate, private and unassigned signs; spaces stay."""
    return unicodedata.category(sign).startswith("C") and sign not in "\t\n\r"


def _without_end(text: str) -> str:
    stem, dot, end = text.rpartition(".")
    return stem.rstrip(" .") if dot and end.strip().lower() in _ENDS else text


def _cut(text: str, signs: int, most_bytes: int) -> str:
    text = text[:signs]
    while len(text.encode("utf-8")) > most_bytes:
        text = text[:-1]
    return text.rstrip(" .") or "file"

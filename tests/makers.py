"""Files in the formats that offices use, made by the tests: Word packages, PDF, OFD and old Word files."""

import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path

HENAN = (Path(__file__).parents[1] / "examples" / "henan-2022-14.txt").read_text("utf-8")

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; always the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 2, 9, 0, 0, 0)), data, method)
    return out.getvalue()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def paragraph(content: str = "", number: str | None = None, level: int = 0, style: str = "", extra: str = "") -> str:
    """A w:p; `content` is XML (see `run`)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{extra}</w:pPr>{content}</w:p>"


def word_part(root: str, content: str) -> str:
    return (
        f'{XML}<w:{root} xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{content}</w:{root}>"
    )


def docx(body: str, *, macro: bool = False, **parts: str) -> bytes:
    """A Word package: the XML inside w:body, and that inside the roots of numbering, styles, footnotes …"""
    kind = "ms-word.document.macroEnabled" if macro else "openxmlformats-officedocument.wordprocessingml.document"
    types = (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="application/vnd.{kind}.main+xml"/></Types>'
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{part}" Target="{part}.xml"/>' for n, part in enumerate(parts)
    )
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}'
            "</Relationships>",
            "word/document.xml": word_part("document", f"<w:body>{body}</w:body>"),
            **{f"word/{part}.xml": word_part(roots[part], content) for part, content in parts.items()},
        }
    )


def level(n: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A w:lvl of a list."""
    counted = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{n}">{counted}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(key: str, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'


def number(key: str, of: str, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(n: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


# the headings of official documents, level by level
LABELS = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d{1,2}[.．]\s*")


def henan_docx() -> bytes:
    """The Henan document as Word writes it: its 一、 and 1. are automatic numbers and in no paragraph's text."""
    levels = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCountingThousand", "（%2）")
    levels += level(2, "decimal", "%3.")
    body, numbers = "", ""
    current = 0
    for line in HENAN.splitlines():
        at = next((n for n, label in enumerate(LABELS) if re.match(label, line)), None)
        if at is None:
            body += paragraph(run(line))
            continue
        label = re.match(LABELS[at], line)[0]  # type: ignore[index]
        first = label.rstrip("、. ")
        if (at == 0 and first == "一") or (at == 2 and first in "12"):
            # the list of attachments begins inside of a line: “附件：1. …”, so that its numbering begins with 2
            current += 1
            numbers += number(str(current), "1", restart(at, int(first) if at else 1))
        body += paragraph(run(line[len(label) :]), str(current), at)
    return docx(body, numbering=abstract("1", levels) + numbers)


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MILLIMETRES = 25.4 / 72


def text_object(n: int, text: str, x: float, y: float, size: float = 5.6, more: str = "") -> str:
    """A TextObject; x and y are those of the first character's base line, in millimetres."""
    step = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="{n}" Boundary="{x:g} {y - size:g} 160 {size:g}" Font="1" Size="{size}">{more}'
        f'<ofd:TextCode X="0" Y="{size:g}"{step}>{escaped(text)}</ofd:TextCode></ofd:TextObject>'
    )


def path_object(n: int, x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"M 0 0 L {x1 - x0:g} {y1 - y0:g}"
    return (
        f'<ofd:PathObject ID="{n}" Boundary="{x0:g} {y0:g} {max(x1 - x0, 0.1):g} {max(y1 - y0, 0.1):g}">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(pages: list[str]) -> bytes:
    """An OFD package; each page is the XML of its objects. All pages use a template with a running head."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    head = text_object(90, RUNNING_HEAD, 25, 15, 3.5)

    def content(objects: str, template: str = "") -> str:
        return (
            f"{XML}<ofd:Page {OFD}>{template}<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
            f'<ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )

    return zipped(
        {
            "OFD.xml": f'{XML}<ofd:OFD {OFD} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo/>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"{XML}<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            '<ofd:TemplatePage ID="99" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
            "Doc_0/Tpls/Tpl_0/Content.xml": content(head),
            **{
                f"Doc_0/Pages/Page_{n}/Content.xml": content(page, '<ofd:Template TemplateID="99"/>')
                for n, page in enumerate(pages)
            },
        }
    )


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text as a page prints them: each paragraph begins with two spaces and breaks at `width`."""
    lines = []
    for line in text.splitlines():
        printed = "\u3000\u3000" + line if line.strip() else ""
        lines += [printed[at : at + width] for at in range(0, len(printed), width)] or [""]
    return lines


def paged(text: str, width: int = 28, height: int = 22) -> list[list[str]]:
    """The lines of a text, page by page."""
    lines = wrapped(text, width)
    return [lines[at : at + height] for at in range(0, len(lines), height)]


def henan_ofd() -> bytes:
    """The Henan document as OFD: running head in a template, page numbers at the foot."""
    made = []
    for n, lines in enumerate(paged(HENAN)):
        objects = [text_object(m, line, 26, 40 + 10 * m) for m, line in enumerate(lines) if line]
        objects.append(text_object(80, f"— {n + 1} —", 98, 283, 3.5))
        made.append("".join(objects))
    return ofd(made)


SECTOR = 512
END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file (MS-CFB, version 3) with these streams at its root, each at least 4096 bytes long."""
    # names in the order of their tree: by length, then by letters
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    streams = {name: streams[name].ljust(max(4096, -(-len(streams[name]) // SECTOR) * SECTOR), b"\0") for name in names}
    directory = [_entry("Root Entry", 5, child=1 if streams else FREE)]
    chains: list[int] = []
    for n, (name, data) in enumerate(streams.items()):
        begin, count = len(chains), len(data) // SECTOR
        chains += [*range(begin + 1, begin + count), END]
        # the tree leans to one side: each entry has the next one to its right
        right = n + 2 if n + 1 < len(streams) else FREE
        directory.append(_entry(name, 2, begin=begin, size=len(data), right=right))
    while len(directory) % 4:
        directory.append(bytes(64) + struct.pack("<HBBIII", 0, 0, 0, FREE, FREE, FREE) + bytes(48))
    first = len(chains)
    count = len(directory) * 128 // SECTOR
    chains += [*range(first + 1, first + count), END]
    fats = 1
    while (len(chains) + fats) * 4 > fats * SECTOR:
        fats += 1
    fat_at = len(chains)
    chains += [FAT_SECTOR] * fats
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * SECTOR, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fats, first, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(fat_at, fat_at + fats), *[FREE] * (109 - fats))
    return header + b"".join(streams.values()) + b"".join(directory) + table


def _entry(name: str, kind: int, begin: int = 0, size: int = 0, right: int = FREE, child: int = FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    tail = struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child) + bytes(36)
    return raw.ljust(64, b"\0") + tail + struct.pack("<IQ", END if kind == 5 else begin, size)


def doc(text: str, encrypted: bool = False, more: dict[str, bytes] | None = None) -> bytes:
    """A Word 97 file (MS-DOC) with one piece of text in UTF-16."""
    return ole(doc_streams(text, encrypted) | (more or {}))


# properties of paragraphs in old Word files, as code and operand: list, level, in a table, end of a row
def in_list(key: int, level: int = 0) -> bytes:
    return struct.pack("<HH", 0x460B, key) + struct.pack("<HB", 0x260A, level)


IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)
NO_LISTS = (b"", b"")


def doc_streams(
    text: str,
    encrypted: bool = False,
    properties: dict[int, tuple[int, bytes]] | None = None,
    lists: tuple[bytes, bytes] = NO_LISTS,
    styles: dict[int, tuple[int, bytes]] | None = None,
) -> dict[str, bytes]:
    """The streams of a Word 97 file; a paragraph ends in a line end, a cell in \x07.

    `properties`: by the number of a paragraph or cell its style and properties; `lists`: see `old_lists`; `styles`: by
    number the style that one is based on, and its properties.
    """
    characters = text.replace("\n", "\r").encode("utf-16-le")
    count, begin = len(characters) // 2, 2048
    fib = bytearray(begin)
    # magic, version, and that the table stream is 1Table (0x0200), encrypted (0x0100)
    struct.pack_into("<HHHHHH", fib, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<H", fib, 32, 14)
    struct.pack_into("<H", fib, 62, 22)
    struct.pack_into("<i", fib, 76, count)
    struct.pack_into("<H", fib, 152, 93)
    pieces = struct.pack("<II", 0, count) + struct.pack("<HIH", 0, begin, 0)
    word = bytes(fib) + characters
    word += bytes(-len(word) % 512)
    pages, places = _paragraph_pages(text, begin, len(word) // 512, properties or {})
    sheet = struct.pack("<HHHHHHHHHH", 18, 15, 10, 1, 91, 15, 0, 0, 0, 0)
    sheet += b"".join(_style((styles or {}).get(n)) for n in range(15))
    table = b""
    structures = {1: sheet, 13: places, 33: b"\x02" + struct.pack("<I", len(pieces)) + pieces, 74: lists[1]}
    for n, data in structures.items():
        struct.pack_into("<II", fib, 154 + n * 8, len(table), len(data))
        table += data
    # of the lists, only the list of them counts as its length; their levels follow
    struct.pack_into("<II", fib, 154 + 73 * 8, len(table), 2 + 28 * lists[0][0] if lists[0] else 0)
    return {"WordDocument": bytes(fib) + word[begin:] + pages, "1Table": table + lists[0]}


def _style(made: tuple[int, bytes] | None) -> bytes:
    if made is None:
        return b"\0\0"
    based_on, properties = made
    # ten bytes of which the second pair says kind and base, a name of one letter, two bytes of its own number
    data = struct.pack("<HHHHH", 0, 1 | based_on << 4, 1, 0, 0) + struct.pack("<HHH", 1, ord("s"), 0)
    data += struct.pack("<HH", 2 + len(properties), 0) + properties
    return struct.pack("<H", len(data)) + data + bytes(len(data) % 2)


def _paragraph_pages(text: str, begin: int, first: int, made: dict[int, tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """Pages of paragraph properties (FKP), ten paragraphs each, and the table that says where they are."""
    ends = [begin + 2 * (at + 1) for at, c in enumerate(text) if c in "\n\x07"]
    starts = [begin, *ends]
    pages, at = b"", []
    for low in range(0, len(ends), 10):
        held = ends[low : low + 10]
        page = bytearray(512)
        struct.pack_into(f"<{len(held) + 1}I", page, 0, starts[low], *held)
        free = 510
        for n in range(len(held)):
            if low + n in made:
                style, properties = made[low + n]
                data = struct.pack("<H", style) + properties
                # an odd number of bytes is said by half of it, rounded up; an even one after a zero
                data = bytes([(len(data) + 1) // 2]) + data if len(data) % 2 else bytes([0, len(data) // 2]) + data
                free -= len(data) + len(data) % 2
                page[free : free + len(data)] = data
                page[4 * (len(held) + 1) + 13 * n] = free // 2
        page[511] = len(held)
        at.append(starts[low])
        pages += bytes(page)
    if not at:
        return b"", b""
    return pages, struct.pack(f"<{len(at) + 1}I{len(at)}I", *at, ends[-1], *range(first, first + len(at)))


def old_level(form: int, text: str, start: int = 1, flags: int = 0, follows: int = 2, limit: int = 0) -> bytes:
    """A level of a list in an old Word file; in its text a character below nine is the number of that level."""
    head = struct.pack("<iBB", start, form, flags) + bytes(9) + bytes([follows]) + bytes(8) + bytes([0, 0, limit, 0])
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def old_lists(lists: dict[int, list[bytes]], overrides: list[tuple[int, list[tuple[int, int]]]]) -> tuple[bytes, bytes]:
    """Lists by key with their levels (one, or nine), and what uses them: (key, [(level, first count)])."""
    heads = b"".join(
        struct.pack("<ii", key, 0) + bytes(18) + bytes([len(levels) == 1, 0]) for key, levels in lists.items()
    )
    levels = b"".join(level for made in lists.values() for level in made)
    uses = b"".join(struct.pack("<iiiBBBB", key, 0, 0, len(starts), 0, 0, 0) for key, starts in overrides)
    data = b"".join(
        struct.pack("<i", -1) + b"".join(struct.pack("<iI", start, level | 0x10) for level, start in starts)
        for _, starts in overrides
    )
    return struct.pack("<h", len(lists)) + heads + levels, struct.pack("<i", len(overrides)) + uses + data


RUNNING_HEAD = "河南省人民政府办公厅文件"
A4_WIDTH, A4_HEIGHT = 595, 842


def canvas(**options):  # type: ignore[no-untyped-def]
    """A page to draw on with the font SongTi (not embedded, as many offices make it), and the file that it becomes."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    made = Canvas(out, pagesize=(A4_WIDTH, A4_HEIGHT), invariant=1, **options)
    made.setFont("STSong-Light", 10)
    return made, out


def henan_pdf() -> bytes:
    """The Henan document as a printed PDF: wrapped lines, a running head, page numbers left and right by turns."""
    page, out = canvas()
    for n, lines in enumerate(paged(HENAN)):
        page.setFont("STSong-Light", 10)
        page.drawString(90, 800, RUNNING_HEAD)
        page.drawString(480 if n % 2 == 0 else 90, 40, f"— {n + 1} —")
        page.setFont("STSong-Light", 16)
        for m, line in enumerate(lines):
            page.drawString(73, 760 - 28 * m, line)
        page.showPage()
    page.save()
    return out.getvalue()


def glyph_pdf(pages: list[list[str]], named: bool = True) -> bytes:
    """A PDF whose font knows glyphs by number only, as word processors write it; `named`: with their characters.

    PDFium passes over a lone glyph of a font that it has no outlines of, so that such a line gets a space.
    """
    pages = [[line + " " if len(line) == 1 else line for line in page] for page in pages]
    glyphs = {c: n for n, c in enumerate(sorted({c for page in pages for line in page for c in line}), 1)}
    rows = [f"<{n:04x}> <{c.encode('utf-16-be').hex()}>" for c, n in glyphs.items()]
    blocks = "".join(
        f"{len(rows[at : at + 100])} beginbfchar\n" + "\n".join(rows[at : at + 100]) + "\nendbfchar\n"
        for at in range(0, len(rows), 100)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def\n"
        "/CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /FangSong /Encoding /Identity-H /DescendantFonts [4 0 R]"
        f"{' /ToUnicode 6 0 R' if named else ''} >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /FangSong /FontDescriptor 5 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /FangSong /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(
            f"BT /F1 16 Tf {73} {760 - 28 * m} Td <{''.join(f'{glyphs[c]:04x}' for c in line)}> Tj ET\n"
            for m, line in enumerate(lines)
            if line
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4_WIDTH} {A4_HEIGHT}] /Contents {8 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    return pdf_of(objects)


def pdf_of(objects: list[str]) -> bytes:
    """A PDF file of these objects, the first of them the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + (end + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF").encode()

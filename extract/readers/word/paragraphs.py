"""The text of one Word paragraph: what is printed, and neither what is deleted nor what fields compute anew.

Kept: text, insertions that are tracked, hyperlinks, results of fields, content controls, formulas' characters, symbols.
Dropped: deletions and moves away, comments, hidden text, the pronunciation over characters, page numbers, a table of
contents. Text boxes and notes are only noted here; the reader writes them as lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .lists import W, is_on

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# fields whose result is no text of the document, by their name: page numbers, a table of contents
FIELD = re.compile(r"\s*\\?([A-Za-z]+)")
DROPPED_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "PAGEREF", "XE", "TC", "TA"})
# symbols of the fonts that Word writes them in
SYMBOLS = {
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x6C: "●", 0x6E: "■", 0x75: "◆"},
    "wingdings 2": {0x52: "☑", 0x54: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "□", 0x30: "☑", 0x2A: "☐"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xB0: "°", 0xB7: "•", 0x25: "%", 0xBB: "≈"},
}
# elements that only wrap what they hold
WRAPPERS = frozenset(
    {W + tag for tag in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")}
    | {W + "rubyBase", W + "ruby", M + "oMath", M + "oMathPara"}
)
BOXES = frozenset({W + "drawing", W + "pict", W + "object"})


@dataclass(slots=True)
class _Field:
    """A field that is open: what it says it is, and whether its result has begun."""

    instruction: str = ""
    result: bool = False


class Paragraphs:
    """Reads the paragraphs of one document in order; fields may go on from one to the next.

    After `text`, `boxes` holds the contents of the text boxes anchored in the paragraph and `notes` the (kind, id) of
    its footnotes and endnotes; the reader takes them out.
    """

    def __init__(self, body: Any) -> None:
        """Look whether each field that is begun also ends; where not, nothing may be dropped for being in one."""
        self.boxes: list[Any] = []
        self.notes: list[tuple[str, str]] = []
        self._fields: list[_Field] = []
        kinds = [mark.get(W + "fldCharType") for mark in body.iter(W + "fldChar")]
        self._sound = kinds.count("begin") == kinds.count("end")
        self._handlers: dict[str, Callable[[Any, list[str]], None]] = {
            W + "t": self._t,
            M + "t": self._t,
            W + "r": self._r,
            W + "tab": lambda element, out: self._put(" ", out),
            W + "ptab": lambda element, out: self._put(" ", out),
            W + "br": lambda element, out: self._put("\n", out),
            W + "cr": lambda element, out: self._put("\n", out),
            W + "noBreakHyphen": lambda element, out: self._put("-", out),
            W + "sym": self._sym,
            W + "fldChar": self._mark,
            W + "instrText": self._instruct,
            W + "fldSimple": self._simple,
            W + "footnoteReference": self._note,
            W + "endnoteReference": self._note,
            MC + "AlternateContent": self._alternate,
        }
        self._handlers |= dict.fromkeys(WRAPPERS, self.walk)
        self._handlers |= dict.fromkeys(BOXES, self._box)
        self._handlers[M + "r"] = self.walk

    @property
    def hidden(self) -> bool:
        """Are we inside a field whose content is not printed as text?"""
        return self._sound and any(not f.result or field_name(f.instruction) in DROPPED_FIELDS for f in self._fields)

    def text(self, paragraph: Any) -> str:
        """The text of a w:p, with a line end for each line break inside."""
        out: list[str] = []
        self.walk(paragraph, out)
        return "".join(out)

    def walk(self, element: Any, out: list[str]) -> None:
        """Add the text of an element's children."""
        handlers = self._handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child, out)
            elif child.tag.startswith(M):
                self.walk(child, out)

    def _put(self, text: str, out: list[str]) -> None:
        if text and not (self._fields and self.hidden):
            out.append(text)

    def _t(self, element: Any, out: list[str]) -> None:
        self._put(element.text or "", out)

    def _r(self, element: Any, out: list[str]) -> None:
        properties = element.find(W + "rPr")
        if properties is not None and (vanish := properties.find(W + "vanish")) is not None and is_on(vanish):
            return
        self.walk(element, out)

    def _sym(self, element: Any, out: list[str]) -> None:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            return
        if 0xF000 <= code <= 0xF0FF:
            known = SYMBOLS.get(str(element.get(W + "font", "")).lower(), {})
            self._put(known.get(code - 0xF000, ""), out)
        elif 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD:
            self._put(chr(code), out)

    def _mark(self, element: Any, out: list[str]) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruct(self, element: Any, out: list[str]) -> None:
        if self._fields and not self._fields[-1].result:
            self._fields[-1].instruction += (element.text or "")[:64]

    def _simple(self, element: Any, out: list[str]) -> None:
        if field_name(element.get(W + "instr", "")) not in DROPPED_FIELDS:
            self.walk(element, out)

    def _note(self, element: Any, out: list[str]) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        self.notes.append((kind, element.get(W + "id", "")))

    def _alternate(self, element: Any, out: list[str]) -> None:
        """One and the same thing in a new and an old form: read the first only."""
        for form in (MC + "Choice", MC + "Fallback"):
            if (chosen := element.find(form)) is not None:
                self.walk(chosen, out)
                return

    def _box(self, element: Any, out: list[str]) -> None:
        """Note the text boxes of a drawing, the outermost ones, each once."""
        for child in element:
            if child.tag == W + "txbxContent":
                self.boxes.append(child)
            elif child.tag == MC + "AlternateContent":
                chosen = next((c for c in child if c.tag in (MC + "Choice", MC + "Fallback")), None)
                if chosen is not None:
                    self._box(chosen, out)
            else:
                self._box(child, out)


def field_name(instruction: str) -> str:
    """The name of a field, in capitals, from what it says: ` PAGE \\* MERGEFORMAT ` → PAGE."""
    match = FIELD.match(instruction)
    return match[1].upper() if match else ""

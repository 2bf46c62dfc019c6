"""IRIs made from what a document says, never from a counter: graphs made apart merge by loading them together."""

import unicodedata
from dataclasses import dataclass

from rdflib import URIRef

from ..extract.records import Document, Source, Span

DEFAULT_BASE = "https://w3id.org/zhengce/id/"
DIGEST_LENGTH = 32
BRACKETS = str.maketrans("[]【】（）", "〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes the IRIs of one source text and of the things that it shares with others, under a base IRI."""

    base: str
    source: URIRef

    @classmethod
    def of(cls, source: Source, base: str = DEFAULT_BASE) -> "Iris":
        """The IRIs of a source text, which is known by the hash of its decoded text."""
        return cls(base, URIRef(f"{base}source/{source.text_digest[:DIGEST_LENGTH]}"))

    def document(self, document: Document) -> URIRef:
        """A policy document by its issuers and number; without both, by the hash of its text."""
        if document.number and document.issuers:
            issuer = segment("、".join(stated.value for stated in document.issuers))
            number = segment(canonical_number(document.number.value))
            return URIRef(f"{self.base}document/{issuer}/{number}")
        return URIRef(f"{self.base}document/{document.source.text_digest[:DIGEST_LENGTH]}")

    def at(self, kind: str, span: Span) -> URIRef:
        """A thing of the source text (provision, measure, mention …) by the span that states it."""
        return URIRef(f"{self.source}/{kind}/{span.begin}-{span.end}")

    def attachment(self, position: int) -> URIRef:
        """The attachment at a position, counted from 1."""
        return URIRef(f"{self.source}/attachment/{position}")

    def agency(self, name: str) -> URIRef:
        """An authority by its full name: the same one in every document."""
        return URIRef(f"{self.base}agency/{segment(name)}")

    def cited(self, title: str) -> URIRef:
        """A document that is only known by its title."""
        return URIRef(f"{self.base}cited/{segment(title)}")


def canonical_number(number: str) -> str:
    """A document number in one spelling, whatever its brackets and spaces: 豫政办[2022]14号 → 豫政办〔2022〕14号."""
    return "".join(number.split()).translate(BRACKETS)


def segment(text: str) -> str:
    """Text as one segment of an IRI (RFC 3987): letters of any script stay, everything else is percent-encoded."""
    return "".join(_encoded(c) for c in unicodedata.normalize("NFC", text))


def _encoded(c: str) -> str:
    code = ord(c)
    if c.isascii():
        keep = c.isalnum() or c in "-._~"
    else:
        keep = (
            0xA0 <= code <= 0xD7FF or 0xF900 <= code <= 0xFDCF or 0xFDF0 <= code <= 0xFFEF or 0x20000 <= code <= 0x3FFFD
        )
        keep = keep and unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp", "Cn")
    return c if keep else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogatepass"))

"""The vocabulary, its shapes and its examples agree with one another."""

import json
import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from zhengce.ontology import terms, vocabulary

ROOT = Path(__file__).resolve().parent.parent
INVALID = sorted((ROOT / "examples" / "invalid").glob("*.ttl"))
ZC = Namespace("https://w3id.org/zhengce/def#")
SCHEME = "https://w3id.org/zhengce/scheme/"
# which property takes its values from which scheme; units and places are open, so no shape lists them
SCHEME_OF_SHAPE = {
    "measure-instrument-in-scheme": "instrument",
    "measure-modality-in-scheme": "modality",
    "measure-beneficiary-in-scheme": "target",
    "quantity-kind-in-scheme": "quantity-kind",
    "quantity-role-in-scheme": "quantity-role",
    "period-role-in-scheme": "temporal-role",
    "assignment-role-in-scheme": "agent-role",
    "agency-level-in-scheme": "admin-level",
    "condition-measure-in-scheme": "measured",
    "change-kind-in-scheme": "change-kind",
}


@cache
def graph(name: str) -> Graph:
    return Graph().parse(data=vocabulary.read(name), format="turtle")


@cache
def shape_names() -> frozenset[str]:
    """Every named shape that reports something."""
    return frozenset(local(shape) for shape in graph("shapes.ttl").subjects(SH.severity))


def local(iri: URIRef) -> str:
    return str(iri).removeprefix(str(terms.ZCS))


def failures(data: Graph) -> list[str]:
    _, report, _ = pyshacl.validate(data, shacl_graph=graph("shapes.ttl"))
    return [local(report.value(result, SH.sourceShape)) for result in report.subjects(RDF.type, SH.ValidationResult)]


def languages(subject: URIRef, predicate: URIRef, name: str) -> list[str | None]:
    values = graph(name).objects(subject, predicate)
    return sorted(str(value.language) for value in values if isinstance(value, Literal) and value.strip())


def zc_terms() -> list[URIRef]:
    return sorted({subject for subject in graph("policy.ttl").subjects(RDF.type) if subject in ZC})


@pytest.mark.parametrize("name", ["policy.ttl", "alignments.ttl", "shapes.ttl", *vocabulary.scheme_files()])
def test_file_parses(name):
    assert any(True for _ in ox.parse(vocabulary.read(name), format=ox.RdfFormat.TURTLE))


def test_unknown_names_are_refused():
    with pytest.raises(FileNotFoundError):
        vocabulary.read("policies.ttl")
    with pytest.raises(ValueError, match="there are: admin-level, agent-role"):
        vocabulary.codes("instruments")


# ---- policy.ttl ----


def test_header_says_version_and_licence():
    ontology = URIRef("https://w3id.org/zhengce/def")
    policy = graph("policy.ttl")
    assert policy.value(ontology, OWL.versionIRI) == URIRef("https://w3id.org/zhengce/def/0.1.0")
    assert policy.value(ontology, OWL.versionInfo) == Literal("0.1.0")
    assert policy.value(ontology, DCTERMS.license)


@pytest.mark.parametrize("term", zc_terms(), ids=lambda term: term.rpartition("#")[2])
def test_term_has_labels_and_definitions_in_both_languages(term):
    assert languages(term, RDFS.label, "policy.ttl") == ["en", "zh"]
    assert languages(term, SKOS.definition, "policy.ttl") == ["en", "zh"]
    assert graph("policy.ttl").value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/zhengce/def")


@pytest.mark.parametrize("name", ["alignments.ttl", "shapes.ttl", "web-annotation.rq", "schemes/place.ttl"])
def test_files_use_only_terms_that_exist(name):
    used = set(re.findall(r"\bzc:(\w+)", vocabulary.read(name)))
    assert used <= {term.rpartition("#")[2] for term in zc_terms()}


def test_python_constants_are_the_terms():
    assert set(terms.ZC.__annotations__) - {"_NS", "_fail"} == {term.rpartition("#")[2] for term in zc_terms()}
    with pytest.raises(AttributeError):
        _ = terms.ZC.statedin


# ---- schemes ----


@pytest.mark.parametrize("scheme", terms.SCHEMES)
def test_scheme_is_complete(scheme):
    name = f"schemes/{scheme}.ttl"
    iri = URIRef(SCHEME + scheme)
    assert languages(iri, SKOS.prefLabel, name) == ["en", "zh"]
    assert languages(iri, SKOS.definition, name) == ["en", "zh"]
    concepts = set(graph(name).subjects(RDF.type, SKOS.Concept))
    assert concepts == set(graph(name).subjects(SKOS.inScheme, iri))
    notations = [str(notation) for notation in graph(name).objects(None, SKOS.notation)]
    assert len(notations) == len(set(notations)) == len(concepts)
    for concept in concepts:
        assert terms.split_concept(concept) == (scheme, str(graph(name).value(concept, SKOS.notation)))
        assert "zh" in languages(concept, SKOS.prefLabel, name)
        tops = set(graph(name).objects(concept, SKOS.topConceptOf))
        parents = set(graph(name).objects(concept, SKOS.broader))
        assert bool(tops) != bool(parents), f"{concept} must be a top concept or have a broader one"
        assert parents <= concepts
        if scheme != "place":  # the label of a place says all
            assert languages(concept, SKOS.prefLabel, name) == ["en", "zh"]
            assert languages(concept, SKOS.definition, name) == ["en", "zh"]


def test_schemes_are_all_listed():
    assert vocabulary.schemes() == terms.SCHEMES


def test_there_are_44_instruments_in_11_groups():
    groups = vocabulary.instrument_groups()
    assert len(vocabulary.codes("instrument")) == 44
    assert len(groups) == 11
    assert sorted(code for members in groups.values() for code in members) == sorted(vocabulary.codes("instrument"))
    assert not set(groups) & vocabulary.codes("instrument")


def broader(code: str) -> set[str]:
    """The code and every broader one."""
    parents = {concept.code: concept.broader for concept in vocabulary.concepts("target")}
    found, todo = set(), [code]
    while todo:
        found.add(current := todo.pop())
        todo += [parent for parent in parents[current] if parent not in found]
    return found


def test_little_giant_is_reached_by_what_reaches_any_firm():
    assert broader("little-giant") >= {"srdi-sme", "sme", "msme", "enterprise", "market-entity"}


def test_sole_trader_is_a_market_entity_and_no_enterprise():
    assert broader("individual-business") == {"individual-business", "market-entity"}


def test_small_scale_vat_taxpayer_is_a_taxpayer():
    assert broader("vat-small-scale-taxpayer") == {"vat-small-scale-taxpayer", "taxpayer"}


@pytest.mark.parametrize(("shape", "scheme"), SCHEME_OF_SHAPE.items())
def test_values_listed_by_a_shape_are_the_scheme(shape, scheme):
    shapes = graph("shapes.ttl")
    listed = list(Collection(shapes, shapes.value(terms.ZCS[shape], SH["in"])))
    assert len(listed) == len(set(listed))
    assert set(listed) == {terms.concept(scheme, code) for code in vocabulary.codes(scheme)}


def test_every_shape_that_lists_a_scheme_is_checked():
    assert {name for name in shape_names() if name.endswith("-in-scheme")} == set(SCHEME_OF_SHAPE)


@pytest.mark.parametrize(
    ("scheme", "code", "iri"),
    [
        ("instrument", "rent-relief", "instrument/rent-relief"),
        ("unit", "%", "unit/%25"),  # a bare % would not be an IRI
        ("unit", "家", "unit/%E5%AE%B6"),
        ("unit", "件/天", "unit/%E4%BB%B6%2F%E5%A4%A9"),  # an open scheme: minted in the data; / must not split it
        ("place", "410000", "place/410000"),
    ],
)
def test_concept_iri(scheme, code, iri):
    assert str(terms.concept(scheme, code)) == SCHEME + iri
    assert terms.split_concept(SCHEME + iri) == (scheme, code)


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("instrument", "rent"),
        ("instrument", "tax"),  # a group, not an instrument
        ("subject", "sme"),
    ],
)
def test_unknown_concept_is_refused(scheme, code):
    with pytest.raises(ValueError, match="there are: "):
        terms.concept(scheme, code)


@pytest.mark.parametrize("iri", ["https://example.org/x/y", SCHEME + "unit", SCHEME + "unit/"])
def test_other_iris_are_no_concepts(iri):
    with pytest.raises(ValueError, match="not the IRI of a concept"):
        terms.split_concept(iri)


# ---- places ----


def test_places():
    places = {place.code: place for place in vocabulary.places()}
    provinces = [place for place in places.values() if place.level == "province"]
    assert len(provinces) == 34
    assert all(place.broader == "000000" and place.short and place.abbreviations for place in provinces)
    assert places["000000"].name == "全国"
    assert places["000000"].broader is None
    zhengzhou = places["410100"]
    assert (zhengzhou.name, zhengzhou.short, zhengzhou.broader) == ("郑州市", "郑州", "410000")
    # run by the province itself: no 省直辖县级行政区划 between
    assert (places["419001"].name, places["419001"].broader) == ("济源市", "410000")
    assert (places["110105"].name, places["110105"].broader) == ("朝阳区", "110000")
    assert places["410000"].abbreviations == ("豫",)
    assert list(places) == sorted(places)


def test_pseudo_places_are_absent():
    names = {place.name for place in vocabulary.places()}
    assert not names & {"市辖区", "县", "省直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划", "其它区", "开发区"}


def test_short_names_are_no_ordinary_words():
    shorts = {place.short for place in vocabulary.places() if place.short}
    assert all(len(short) > 1 for short in shorts)
    assert not shorts & {"资源", "延长", "公安", "互助", "合作", "和平"}


def test_short_names_of_provinces_and_prefectures_are_unambiguous():
    upper = [place.short for place in vocabulary.places() if place.level in {"province", "city"} and place.short]
    assert len(upper) == len(set(upper))
    assert len(vocabulary.places()) > 3000


# ---- shapes ----


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_fails_with_its_shape_only(path):
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    assert first == f"# fails: zcs:{path.stem}"
    assert re.fullmatch(r"# .*[\u4e00-\u9fff].* · .*[a-z].*", second), (
        "the second line explains the mistake in zh and en"
    )
    assert failures(Graph().parse(path)) == [path.stem]


def test_every_shape_has_an_invalid_example():
    assert shape_names() == {path.stem for path in INVALID}


@pytest.mark.parametrize("shape", sorted(shape_names()))
def test_shape_says_what_is_wrong_in_both_languages(shape):
    assert languages(terms.ZCS[shape], SH.message, "shapes.ttl") == ["en", "zh"]


def test_only_a_missing_owner_and_a_missing_unit_are_warnings():
    shapes = graph("shapes.ttl")
    warned = sorted(local(shape) for shape in shapes.subjects(SH.severity, SH.Warning))
    assert warned == ["provision-has-owner", "quantity-needs-unit"]
    assert {str(severity) for severity in shapes.objects(None, SH.severity)} == {str(SH.Warning), str(SH.Violation)}


@pytest.mark.parametrize("block", [0, 1])
def test_graph_in_the_documentation_conforms(block):
    text = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:turtle|json)\n(.*?)```", text, flags=re.DOTALL)
    data = Graph().parse(data=with_context(blocks[block]), format=["turtle", "json-ld"][block])
    assert len(data) > 5
    assert failures(data) == []


def with_context(text: str) -> str:
    """Put the shipped context where a document names it, so that nothing is fetched."""
    context = json.loads(vocabulary.read("context.jsonld"))["@context"]
    return text.replace('"https://w3id.org/zhengce/context.jsonld"', json.dumps(context))


def test_exact_bounds_and_offsets_pass_as_a_store_returns_them():
    # Oxigraph gives xsd:nonNegativeInteger back as xsd:integer: neither may fail
    name = "quantity-bounds-in-order"
    text = (ROOT / "examples" / "invalid" / f"{name}.ttl").read_text(encoding="utf-8")
    mended = text.replace("schema:minValue 5.0", "schema:minValue 3.0")
    assert failures(Graph().parse(data=mended, format="turtle")) == []
    stored = mended.replace("xsd:nonNegativeInteger", "xsd:integer")
    assert stored != mended
    assert failures(Graph().parse(data=stored, format="turtle")) == []


# ---- context.jsonld and web-annotation.rq ----


def test_context_covers_every_term():
    context = json.loads(vocabulary.read("context.jsonld"))["@context"]
    ids = {entry["@id"] if isinstance(entry, dict) else entry for key, entry in context.items() if key != "@version"}
    assert {f"zc:{term.rpartition('#')[2]}" for term in zc_terms()} <= ids
    for prefix, namespace in terms.PREFIXES.items():
        assert context[prefix] == namespace


def test_context_types_agree_with_the_ranges():
    context = json.loads(vocabulary.read("context.jsonld"))["@context"]
    policy = graph("policy.ttl")
    for term in zc_terms():
        entry = context[term.rpartition("#")[2]]
        if (term, RDF.type, OWL.ObjectProperty) in policy:
            assert entry["@type"] == "@id"
        elif (term, RDF.type, OWL.DatatypeProperty) in policy:
            datatype = policy.value(term, RDFS.range).rpartition("#")[2]
            assert entry.get("@type", "xsd:string") == f"xsd:{datatype}"


def test_mentions_become_web_annotations():
    store = ox.Store()
    text = (ROOT / "examples" / "invalid" / "measure-needs-modality.ttl").read_text(encoding="utf-8")
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    triples = list(store.query(vocabulary.read("web-annotation.rq")))
    predicates = {triple.predicate.value.rpartition("#")[2] for triple in triples}
    assert predicates >= {"hasTarget", "hasSource", "hasSelector", "start", "end", "exact"}


# terms that nothing writes or asks yet, each with the reason
NOT_YET: dict[str, str] = {}


def test_every_term_is_used_by_a_query_a_shape_or_the_builder() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "queries" / "rq").glob("*.rq")]
    texts.append((ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8"))
    texts.append((ROOT / "graph" / "store.py").read_text(encoding="utf-8"))
    texts += [path.read_text(encoding="utf-8").replace("ZC.", "zc:") for path in (ROOT / "graph").glob("*.py")]
    used = set(re.findall(r"zc:([A-Za-z]+)", " ".join(texts)))
    terms = {str(term).rpartition("#")[2] for term in graph("policy.ttl").subjects() if str(term).startswith(str(ZC))}
    assert terms - used == set(NOT_YET)

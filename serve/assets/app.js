// 查找、列表、原文与要点 / Search, lists, the passage and what it says.

const KINDS = ["instrument", "target", "quantity", "period", "condition", "modality", "actor", "owner", "share", "change", "citation"];
const tips = new WeakMap();
const narrow = () => matchMedia("(max-width: 860px)").matches;

// ---- moving about ----

const hashOf = () => (state.kind ? `#${state.kind}${state.id}${state.via >= 0 ? "a" + state.via : ""}` : "#");
function readHash() {
  const match = /^#([apm])(\d+)(?:a(\d+))?$/.exec(location.hash);
  const size = { a: agencies.length, p: provisions.length, m: measures.length };
  const known = match && Number(match[2]) < size[match[1]] && (!match[3] || Number(match[3]) < agencies.length);
  Object.assign(state, known ? { kind: match[1], id: Number(match[2]), via: match[3] ? Number(match[3]) : -1 } : { kind: "", id: -1, via: -1 });
}
function choose(kind, id, via = -1) {
  Object.assign(state, { kind, id, via: kind === "a" ? -1 : via });
  history.pushState(null, "", hashOf());
  show(kind ? "detail" : "find");
}
function show(view) {
  const listed = document.activeElement && document.activeElement.closest("#list");
  if (view) document.body.dataset.view = view;
  renderAll();
  if (view && narrow()) scrollTo(0, 0);
  if (view !== "detail") return;
  $("detail").scrollTop = 0;
  // a reader by keyboard goes on where she is: in the list, or in the passage
  const item = listed && !narrow() && $("list").querySelector('[aria-current="true"]');
  (item || $("detail")).focus({ preventScroll: true });
  if ($("chosen")) $("chosen").scrollIntoView({ block: narrow() ? "center" : "nearest" });
}
function applyFilter(name, value) {
  state.filters[name] = String(value);
  Object.assign(state, { tab: "measures", shown: 60, kind: "", id: -1, via: -1 });
  history.pushState(null, "", "#");
  show("find");
}

// ---- search, filters, lists ----

function option(value, text, count, chosen) {
  return el("option", { value, selected: chosen }, count === null ? text : `${text}（${count}）`);
}
function optionsOf(name) {
  const ns = found(name);
  const chosen = state.filters[name];
  const options = [option("", say("all"), null, chosen === "")];
  if (name === "instrument") {
    const counts = new Map(tally(ns, (m) => codesWith(m.i, DATA.groups)));
    const groups = new Map();
    for (const code of Object.keys(DATA.groups)) {
      const group = DATA.groups[code][0] || code;
      groups.set(group, [...(groups.get(group) || []), code]);
    }
    for (const [group, codes] of groups) {
      const inside = codes.filter((code) => counts.has(code) || code === chosen).map((code) => option(code, term(name, code), counts.get(code) || 0, code === chosen));
      if (inside.length) options.push(el("optgroup", { label: term(name, group) }, option(group, `${say("all")} ${term(name, group)}`, counts.get(group) || 0, group === chosen), inside));
    }
    return options;
  }
  if (name === "target") {
    const codes = Object.keys(DATA.words.target).map((code) => [code, ns.filter((n) => TESTS.target(measures[n], code)).length]);
    return [...options, ...codes.filter(([code, count]) => count || code === chosen).map(([code, count]) => option(code, term(name, code), count, code === chosen))];
  }
  const keys = { agency: ownersOf, document: (m) => [m.d], modality: (m) => m.mo }[name];
  const label = { agency: (a) => agencies[a].name, document: (d) => documentName(d), modality: (code) => term("modality", code) }[name];
  return [...options, ...tally(ns, keys).map(([key, count]) => option(key, label(key), count, String(key) === chosen))];
}
function renderFilters() {
  const names = Object.keys(BLANK).filter((name) => name !== "document" || documents.length > 1);
  $("filters").replaceChildren(...names.map((name) => el("label", { class: state.filters[name] === "" ? "" : "set" }, el("span", {}, say(name)),
    el("select", { id: "by-" + name, on: { change: (event) => { state.filters[name] = event.target.value; state.shown = 60; renderAll(); $("by-" + name).focus(); } } }, optionsOf(name)))));
}

function marked(text, words) {
  const wanted = words.split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase(), parts = [];
  let at = 0;
  while (at < text.length) {
    const hits = wanted.map((word) => [lower.indexOf(word.toLowerCase(), at), word.length]).filter(([n]) => n >= 0).sort((a, b) => a[0] - b[0]);
    if (!hits.length) break;
    const [begin, length] = hits[0];
    parts.push(text.slice(at, begin), el("b", {}, text.slice(begin, begin + length)));
    at = begin + length;
  }
  return [...parts, text.slice(at)];
}
// The part of a quote around the first word that is searched for.
function around(text, words) {
  const first = words.split(/\s+/).filter(Boolean).map((word) => text.toLowerCase().indexOf(word.toLowerCase())).filter((n) => n >= 0);
  const begin = Math.max(0, Math.min(...(first.length ? first : [0])) - 24);
  return (begin ? "…" : "") + clip(text.slice(begin), 88);
}
function measureItem(n, via = -1) {
  const m = measures[n];
  return el("button", { type: "button", class: "item", "aria-current": state.kind === "m" && state.id === n ? "true" : undefined, on: { click: () => choose("m", n, via) } },
    el("span", { class: "where" }, placeOf(m)), el("span", { class: "quote" }, marked(around(flat(m.q), state.words), state.words)),
    el("span", { class: "chips" }, m.i.map((code) => el("span", { class: "chip instrument" }, term("instrument", code)))));
}
function rowItem(kind, id, text, count, via, depth) {
  return el("button", { type: "button", class: "item row", "data-depth": depth, "aria-current": state.kind === kind && state.id === id ? "true" : undefined, on: { click: () => choose(kind, id, via) } },
    el("span", { class: "label" }, marked(text, state.words)), el("span", { class: "n" }, count));
}
function listAgencies(ns) {
  const asked = plain(state.words);
  const named = (a) => (asked && plain([agencies[a].name, ...agencies[a].alt].join("\n")).includes(asked) ? 0 : 1);
  return tally(ns, ownersOf).sort((x, y) => named(x[0]) - named(y[0])).map(([a, count]) => rowItem("a", a, agencies[a].name, `${counted(provisionsOf(a, ns).length, "provision")} · ${counted(count, "measure")}`, -1));
}
// How many of these measures each provision holds, with the provisions inside it.
function provisionCounts(ns) {
  // where nothing is filtered, also those that hold none
  const counts = new Map(ns.length === measures.length ? provisions.map((_, p) => [p, 0]) : []);
  for (const n of ns) for (let p = measures[n].p; p >= 0; p = provisions[p].parent) counts.set(p, (counts.get(p) || 0) + 1);
  return counts;
}
function listProvisions(ns) {
  const counts = provisionCounts(ns);
  const items = [];
  let before = "";
  [...counts.keys()].sort((a, b) => a - b).slice(0, state.shown * 4).forEach((p) => {
    const { d, part } = provisions[p];
    const head = (documents.length > 1 ? documentName(d) + " · " : "") + partName(d, part);
    if (head !== before) items.push(el("h3", {}, head));
    before = head;
    let depth = 0;
    for (let q = provisions[p].parent; q >= 0; q = provisions[q].parent) depth += 1;
    items.push(rowItem("p", p, [provisions[p].label, provisions[p].title].filter(Boolean).join(" "), counted(counts.get(p), "measure"), -1, Math.min(depth, 4)));
  });
  return items;
}
function renderList() {
  const ns = found();
  const counts = { measures: ns.length, provisions: provisionCounts(ns).size, agencies: tally(ns, ownersOf).length };
  const set = state.words.trim() || Object.values(state.filters).some((value) => value !== "");
  $("count").replaceChildren(el("span", {}, `${ns.length}${say("of")}${measures.length} ${say("items")}`),
    set ? el("button", { type: "button", class: "text", id: "clear", on: { click: () => { state.words = $("search").value = ""; state.filters = { ...BLANK }; renderAll(); $("search").focus(); } } }, say("clear")) : "");
  $("tabs").replaceChildren(...Object.keys(counts).map((tab) => el("button", { type: "button", role: "tab", id: "tab-" + tab, "aria-selected": String(state.tab === tab), tabindex: state.tab === tab ? "0" : "-1",
    on: { click: () => { state.tab = tab; state.shown = 60; renderList(); $("tab-" + tab).focus(); } } }, say(tab), el("span", { class: "n" }, String(counts[tab])))));
  const items = { measures: () => ns.slice(0, state.shown).map((n) => measureItem(n)), provisions: () => listProvisions(ns), agencies: () => listAgencies(ns) }[state.tab]();
  const left = (state.tab === "measures" ? ns.length - state.shown : state.tab === "provisions" ? counts.provisions - state.shown * 4 : 0);
  if (left > 0) items.push(el("button", { type: "button", class: "more", on: { click: () => { state.shown += 60; renderList(); } } }, `${say("more")} ${Math.min(60, left)}${say("of")}${left}`));
  $("list").replaceChildren(...(items.length ? items : [el("p", { class: "empty" }, say("none"), el("br"), say("relax"))]));
}

// ---- the passage ----

// Is the character at a place part of a line end or a Markdown mark of the file, which the page does not show?
function breaks(chars) {
  const skip = chars.map(() => false);
  for (let n = 0; n < chars.length; n += 1) {
    let end = n;
    while (end < chars.length && /\s/.test(chars[end])) end += 1;
    if (chars[n] === "*" && chars[n + 1] === "*") skip.fill(true, n, n + 2);
    if (end > n && chars.slice(n, end).some((c) => c === "\n" || c === "\r")) skip.fill(true, n, end);
    n = Math.max(n, end);
  }
  return skip;
}
function tipLines(mention, m) {
  const [, , kind, what, rule] = mention;
  const words = kind === "actor" || kind === "owner" ? agencies[what].name : kind === "citation" ? `《${what}》`
    : m && typeof what === "number" ? factText(m.facts[what]) : term(kind, what);
  return [`${say(kind)}：${words}`, `${say("rule")} ${rule}`];
}
// A quote with its mentions as coloured marks; of several over one place the shortest gives the colour, the tip names all.
function highlighted(quote, begin, mentions, m) {
  const chars = Array.from(quote), skip = breaks(chars);
  const inside = mentions.filter(([b, e]) => b >= begin && e <= begin + chars.length && e - b < chars.length);
  const cuts = [...new Set([0, chars.length, ...inside.flatMap(([b, e]) => [b - begin, e - begin])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, n) => {
    const to = cuts[n + 1];
    const text = chars.slice(from, to).filter((_, i) => !skip[from + i]).join("");
    const over = inside.filter(([b, e]) => b - begin <= from && e - begin >= to).sort((x, y) => x[1] - x[0] - (y[1] - y[0]) || KINDS.indexOf(x[2]) - KINDS.indexOf(y[2]));
    if (!over.length || !text) return text;
    const mark = el("mark", { class: over[0][2], tabindex: "0" }, text);
    tips.set(mark, over.map((mention) => tipLines(mention, m)));
    return mark;
  });
}
function passage(ns, chosen, via) {
  const pieces = [];
  ns.forEach((n, i) => {
    const m = measures[n];
    if (i && m.at[0] - measures[ns[i - 1]].at[1] > 4) pieces.push(el("span", { class: "gap" }, " … "));
    pieces.push(n === chosen ? el("span", { class: "sentence chosen", id: "chosen" }, highlighted(m.q, m.at[0], m.m, m))
      : el("span", { class: "sentence", role: "button", tabindex: "0", on: { click: () => choose("m", n, via), keydown: (event) => { if (event.key === "Enter") choose("m", n, via); } } }, flat(m.q)));
  });
  const listed = [...new Set((chosen >= 0 ? [chosen] : ns).flatMap((n) => measures[n].o.map(([, , note]) => note)))].filter((note) => note >= 0);
  for (const note of listed) pieces.push(el("span", { class: "note" }, highlighted(notes[note].q, notes[note].at[0], notes[note].m, null)));
  return el("p", { class: chosen >= 0 ? "passage picked" : "passage", lang: "zh-CN" }, pieces);
}

// ---- what it says ----

function money(value) {
  const n = Number(value);
  const short = (x) => x.toLocaleString("en-US", { maximumFractionDigits: 4 });
  if (state.lang) return short(n) + " yuan";
  return n >= 1e8 ? short(n / 1e8) + " 亿元" : n >= 1e4 ? short(n / 1e4) + " 万元" : short(n) + " 元";
}
// 3 个月 and not 3 月, which is March
const LASTING = { month: "个月", quarter: "个季度", day: "天", week: "周", hour: "小时", workday: "个工作日" };
function quantityText(fact) {
  const sign = { min: fact.open ? "＞" : "≥", max: fact.open ? "＜" : "≤", approx: "≈" }[fact.bound] || "";
  const number = /^-?[\d.]+$/.test(fact.value || "") ? Number(fact.value).toLocaleString("en-US", { maximumFractionDigits: 6 }) : fact.value || "";
  const unit = fact.unit === "%" ? "%" : fact.unit ? " " + (LASTING[fact.unit] && !state.lang ? LASTING[fact.unit] : term("unit", fact.unit)) : "";
  const value = fact.unit === "CNY" && fact.value ? money(fact.value) : number + unit;
  const more = [fact.per ? `${say("per")}${state.lang ? " " : ""}${fact.per.map((code) => term("unit", code)).join("、")}` : "",
    fact.case ? `${say("case")} ${fact.case}` : "", fact.basis ? `${say("basis")} ${fact.basis}` : "", fact.place ? `${fact.place}` : ""];
  return [(sign + " " + value).trim(), fact.role ? term("quantity-role", fact.role) : "", ...more].filter(Boolean).join(" · ");
}
function factText(fact) {
  if (fact.kind === "quantity") return quantityText(fact);
  if (fact.kind === "period") return [[fact.from, fact.to].map((day) => day || "").join(" — ").replace(/^ — /, "→ ").replace(/ — $/, " →"), term("temporal-role", fact.role)].filter(Boolean).join(" · ");
  if (fact.kind === "share") return `${fact.payer} ${(Number(fact.value) * 100).toLocaleString("en-US", { maximumFractionDigits: 2 })}%`;
  if (fact.kind === "change") return [term("change-kind", fact.role), fact.affects].filter(Boolean).join(" · ");
  return clip(flat(fact.q), 60);
}
function agencyChip(a, role, via) {
  return el("button", { type: "button", class: "chip owner", on: { click: () => choose("a", a) } }, agencies[a].name, role && role !== "responsible" ? ` · ${term("agent-role", role)}` : "");
}
function ruled(content, quote, rule) {
  return el("div", { class: "fact" }, el("span", { class: "value" }, content), quote ? el("q", { lang: "zh-CN" }, clip(flat(quote), 44)) : "", rule ? el("code", {}, rule) : "");
}
function factRows(m) {
  const rows = [];
  const add = (kind, entries) => entries.length && rows.push(el("dt", { class: kind }, say(kind)), el("dd", {}, entries));
  const chars = Array.from(m.q);
  const quoted = (mention) => (mention && mention[0] >= m.at[0] && mention[1] - mention[0] < chars.length ? chars.slice(mention[0] - m.at[0], mention[1] - m.at[0]).join("") : "");
  const coded = (scheme, codes, note) => codes.map((code) => {
    const mention = m.m.find(([, , kind, what]) => kind === scheme && what === code);
    const name = note ? `${term(scheme, code)}（${note}）` : term(scheme, code);
    const chip = scheme === "modality" ? name : el("button", { type: "button", class: "chip " + scheme, on: { click: () => applyFilter(scheme, code) } }, name);
    return ruled(chip, quoted(mention), mention && (mention[4] === "default" ? say("usual") : mention[4]));
  });
  add("instrument", coded("instrument", m.i));
  add("modality", coded("modality", m.mo));
  add("target", [...coded("target", m.t), ...coded("target", m.ti, say("implied"))]);
  add("owner", m.o.length ? [el("div", { class: "chips" }, m.o.map(([a, role]) => agencyChip(a, role)))] : [el("span", { class: "muted" }, say("noOwner"))]);
  add("actor", [el("div", { class: "chips" }, m.by.map((a) => agencyChip(a)))].filter(() => m.by.length));
  for (const kind of ["quantity", "period", "condition", "share", "change"]) {
    add(kind, m.facts.map((fact, n) => [fact, m.m.find(([, , of, what]) => of === kind && what === n)]).filter(([fact]) => fact.kind === kind)
      .map(([fact, mention]) => ruled(factText(fact), kind === "condition" ? "" : fact.q, mention && mention[4])));
  }
  add("citation", [...new Set(m.m.filter(([, , kind]) => kind === "citation").map(([, , , title]) => title))].map((title) => ruled(`《${title}》`)));
  return el("dl", {}, rows);
}

// ---- the detail pane ----

function trail(d, part, p) {
  const steps = [el("button", { type: "button", class: "text", on: { click: () => choose("", -1) } }, say("overview"))];
  if (state.via >= 0) steps.push(el("button", { type: "button", class: "text", on: { click: () => choose("a", state.via) } }, agencies[state.via].name));
  if (documents.length > 1) steps.push(el("span", {}, documentName(d)));
  steps.push(el("span", {}, partName(d, part)));
  const chain = [];
  for (let q = p; q >= 0; q = provisions[q].parent) chain.unshift(q);
  for (const q of chain) steps.push(el("button", { type: "button", class: "text", on: { click: () => choose("p", q, state.via) } }, [provisions[q].label, provisions[q].title].filter(Boolean).join(" ")));
  return el("nav", { class: "trail", "aria-label": say("provision") }, steps);
}
function siblings(n) {
  const { d, part, p } = measures[n];
  return p >= 0 ? ofProvision[p] : measures.map((_, i) => i).filter((i) => measures[i].d === d && measures[i].part === part && measures[i].p < 0);
}
function measureDetail(n) {
  const m = measures[n];
  const step = (to, name) => el("button", { type: "button", class: "step", disabled: to < 0 || to >= measures.length, on: { click: () => choose("m", to, -1) } }, say(name));
  const place = `${say("at")} ${m.at[0]}–${m.at[1]}${m.page ? ` · ${say("page")} ${m.page}` : ""}`;
  return [trail(m.d, m.part, m.p), el("div", { class: "two" },
    el("div", { class: "text" }, el("h2", {}, m.p >= 0 ? provisionName(m.p) : partName(m.d, m.part)), passage(siblings(n), n, state.via),
      el("p", { class: "muted small" }, `${documentName(m.d)} · ${place}`), el("div", { class: "steps" }, step(n - 1, "previous"), step(n + 1, "next"))),
    el("div", { class: "says" }, el("h3", {}, say("facts")), factRows(m)))];
}
function provisionDetail(p) {
  const { d, part } = provisions[p];
  const inside = provisions.map((_, q) => q).filter((q) => provisions[q].parent === p);
  const counts = provisionCounts(measures.map((_, n) => n));
  return [trail(d, part, p), el("h2", {}, provisionName(p)),
    counts.get(p) ? "" : el("p", { class: "muted" }, say("nothing")),
    ofProvision[p].length ? [passage(ofProvision[p], -1, state.via), el("p", { class: "muted small" }, say("sentence"))] : "",
    el("div", { class: "rows" }, inside.map((q) => rowItem("p", q, [provisions[q].label, provisions[q].title].filter(Boolean).join(" "), counted(counts.get(q) || 0, "measure"), state.via))),
    ofProvision[p].length ? el("div", { class: "chips" }, ownersOfProvision(p).map((a) => agencyChip(a))) : ""];
}
function agencyDetail(a) {
  const agency = agencies[a];
  const together = tally(ofAgency[a], ownersOf).filter(([b]) => b !== a).map(([b]) => [b, provisionsOf(b, ofAgency[a]).length]).sort((x, y) => y[1] - x[1]).slice(0, 12);
  const homes = provisionsOf(a);
  const loose = ofAgency[a].filter((n) => measures[n].p < 0);
  return [el("nav", { class: "trail" }, el("button", { type: "button", class: "text", on: { click: () => choose("", -1) } }, say("overview"))),
    el("h2", {}, agency.name, agency.group ? el("small", {}, say("group")) : ""),
    agency.alt.length ? el("p", { class: "muted small" }, `${say("also")} ${agency.alt.join("、")}`) : "",
    el("h3", {}, `${say("owns")} ${homes.length}`),
    el("div", { class: "rows" }, homes.map((p) => {
      const codes = tally(ofProvision[p], (m) => m.i).slice(0, 5);
      return el("button", { type: "button", class: "item", on: { click: () => choose("p", p, a) } },
        el("span", { class: "where" }, (documents.length > 1 ? documentName(provisions[p].d) + " · " : "") + partShort(provisions[p].part)),
        el("span", { class: "quote" }, provisionName(p)), el("span", { class: "chips" }, codes.map(([code]) => el("span", { class: "chip instrument" }, term("instrument", code)))));
    }), loose.map((n) => measureItem(n, a))),
    together.length ? [el("h3", {}, say("together")), el("div", { class: "chips" }, together.map(([b, count]) => el("button", { type: "button", class: "chip owner", on: { click: () => choose("a", b) } }, agencies[b].name, el("span", { class: "n" }, String(count)))))] : ""];
}
function bars(title, rows) {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return el("div", {}, el("h3", {}, title), rows.map(([label, count, open]) => {
    const bar = el("span", { class: "bar" });
    bar.style.width = `${(100 * count) / most}%`;
    return el("button", { type: "button", class: "barrow", on: { click: open } }, el("span", { class: "label" }, label), el("span", { class: "track" }, bar), el("span", { class: "n" }, String(count)));
  }));
}
function overviewDetail() {
  const ns = found();
  const info = documents.length === 1 ? documents[0] : null;
  const lines = info ? [["number", info.number], ["issuer", info.issuer], ["issued", info.date], ["force", [info.from, info.until].filter(Boolean).join(" — ")]].filter(([, value]) => value) : [];
  return [el("p", { class: "lead" }, say("welcome")), el("p", { class: "muted small" }, say("keys")),
    el("dl", { class: "inline" }, lines.flatMap(([name, value]) => [el("dt", {}, say(name)), el("dd", {}, value)])),
    el("div", { class: "two even" },
      bars(say("byInstrument"), tally(ns, (m) => m.i).slice(0, 12).map(([code, count]) => [term("instrument", code), count, () => applyFilter("instrument", code)])),
      bars(say("byAgency"), tally(ns, ownersOf).slice(0, 12).map(([a, count]) => [agencies[a].name, count, () => choose("a", a)]))),
    el("p", { class: "muted small foot" }, say("offline"), " ", say("about"))];
}
function renderDetail() {
  const content = { "": overviewDetail, m: measureDetail, p: provisionDetail, a: agencyDetail }[state.kind](state.id);
  $("detail").replaceChildren(...content.flat(3).filter((child) => child !== ""));
}

// ---- the whole page ----

function renderFrame() {
  document.documentElement.lang = state.lang ? "en" : "zh-CN";
  const single = documents.length === 1;
  document.querySelector("#name h1").textContent = single ? documents[0].title : say("headline");
  const owning = ofAgency.filter((ns) => ns.length).length;
  const counts = `${counted(provisions.length, "provision")} · ${counted(measures.length, "measure")} · ${owning} ${say("agency").toLowerCase()}`;
  document.querySelector("#name p").textContent = `${single ? documents[0].number : `${documents.length} ${say("files")}`} · ${counts}`.replace(/^ · /, "");
  $("language").textContent = say("switchTo");
  $("language").lang = state.lang ? "zh-CN" : "en";
  $("search").placeholder = say("searchHint");
  $("search").setAttribute("aria-label", say("searchHint"));
  for (const id of ["find", "graph", "detail"]) $(id).setAttribute("aria-label", say(id));
  $("views").replaceChildren(...["find", "graph", "detail"].map((view) => el("button", { type: "button", "aria-pressed": String(document.body.dataset.view === view), on: { click: () => show(view) } }, say(view))));
  const zoomBy = (factor) => cy && cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  $("zoom").replaceChildren(...[["−", "zoomOut", () => zoomBy(1 / 1.3)], ["＋", "zoomIn", () => zoomBy(1.3)], ["⤢", "fit", () => cy && cy.fit(undefined, 14)]].map(([sign, name, action]) => el("button", { type: "button", "aria-label": say(name), title: say(name), on: { click: action } }, sign)));
  $("legend").replaceChildren(...KINDS.filter((kind) => kind !== "modality").map((kind) => el("li", {}, el("mark", { class: kind }, say(kind)))));
}
function renderAll() {
  hideTip();
  renderFrame();
  renderFilters();
  renderList();
  renderDetail();
  drawGraph();
}

function showTip(mark) {
  const tip = $("tip");
  tip.replaceChildren(...tips.get(mark).map(([what, rule]) => el("div", {}, el("strong", {}, what), el("code", {}, rule))));
  tip.hidden = false;
  mark.setAttribute("aria-describedby", "tip");
  const at = mark.getClientRects()[0], size = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  tip.style.top = `${at.bottom + size.height + 12 > innerHeight ? at.top - size.height - 6 : at.bottom + 6}px`;
}
function hideTip() { $("tip").hidden = true; }

for (const [event, action] of [["mouseover", showTip], ["focusin", showTip], ["mouseout", hideTip], ["focusout", hideTip]]) {
  $("detail").addEventListener(event, ({ target }) => { if (tips.has(target)) action(target); });
}
$("detail").addEventListener("scroll", hideTip);
$("language").addEventListener("click", () => { state.lang = 1 - state.lang; renderAll(); });
let typing = 0;
$("search").addEventListener("input", () => {
  state.words = $("search").value;
  state.shown = 60;
  clearTimeout(typing);
  typing = setTimeout(() => { renderFilters(); renderList(); if (state.kind === "") { renderDetail(); drawGraph(); } }, 120);
});
addEventListener("keydown", (event) => {
  const typed = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typed) { event.preventDefault(); show("find"); $("search").focus(); }
  if (event.key === "Escape") { if (!$("tip").hidden) hideTip(); else if (state.kind) choose("", -1); }
  const column = event.target.closest && event.target.closest("#list, .rows");
  if (column && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const items = [...column.querySelectorAll("button")], next = items[items.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  }
  if (event.target.id === "search" && event.key === "ArrowDown") { const first = $("list").querySelector("button"); if (first) { event.preventDefault(); first.focus(); } }
  if (event.target.getAttribute && event.target.getAttribute("role") === "tab" && /^Arrow(Left|Right)$/.test(event.key)) {
    const tabs = ["measures", "provisions", "agencies"], n = tabs.indexOf(state.tab) + (event.key === "ArrowRight" ? 1 : 2);
    $("tab-" + tabs[n % 3]).click();
  }
});
addEventListener("popstate", () => { readHash(); show(state.kind ? "detail" : ""); });
let resizing = 0;
addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(drawGraph, 150); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawGraph);
readHash();
show(state.kind ? "detail" : "");

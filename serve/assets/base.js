"use strict";
// 数据、用语与选择 / The data, the words of the page, and what is chosen. Text reaches the page as text nodes only.

const DATA = JSON.parse(document.getElementById("data").textContent);
const { documents, provisions, measures, agencies, notes } = DATA;

const WORDS = {
  // name: [zh, en]
  instrument: ["政策工具", "Instrument"], target: ["对象", "For whom"], agency: ["责任单位", "Owners"],
  document: ["文件", "Document"], modality: ["语气", "Modality"], actor: ["行为单位", "Acting body"],
  quantity: ["数量", "Amount"], period: ["日期", "Date"], condition: ["条件", "Condition"],
  share: ["出资", "Cost share"], change: ["变更", "Change"], citation: ["引用", "Cites"], owner: ["责任单位", "Owner"],
  measures: ["措施", "Measures"], provisions: ["条款", "Provisions"], agencies: ["单位", "Bodies"],
  provision: ["条款", "Provision"], measure: ["措施", "Measure"],
  find: ["查找", "Find"], graph: ["图", "Graph"], detail: ["原文", "Passage"],
  searchHint: ["搜索措施、条款、单位，如 房租", "Search measures, provisions, bodies"],
  all: ["全部", "All"], clear: ["清除", "Clear"], more: ["再显示", "Show more:"],
  of: ["／", " of "], items: ["项措施", "measures"], none: ["没有符合的措施。", "No measure fits."],
  nothing: ["这一条没有写出措施。", "This provision states no measure."],
  relax: ["换个词，或清除筛选。", "Try another word, or clear the filters."],
  main: ["正文", "Main text"], attachment: ["附件", "Attachment "], loose: ["未编号", "Unnumbered"],
  overview: ["概览", "Overview"], back: ["概览", "Overview"],
  overviewGraph: ["单位与共同负责的条款：圆越大，条款越多；线越粗，共同负责越多。", "Bodies that share provisions: larger circles own more, thicker lines share more."],
  owns: ["负责的条款", "Provisions it owns"], together: ["共同负责", "Shares with"], also: ["又作", "Also"],
  group: ["一类单位", "a class of bodies"], body: ["单位", "Body"],
  passage: ["原文", "Source passage"], facts: ["要点", "What it says"], at: ["位置", "Characters"], rule: ["规则", "Rule"],
  page: ["页", "page"], previous: ["上一项", "Previous"], next: ["下一项", "Next"], noOwner: ["原文未写明", "The text names none"],
  implied: ["承前句", "from the sentence before"], usual: ["默认", "by default"],
  per: ["每", "per"], case: ["适用", "for"], basis: ["基数", "of"], place: ["地区", "place"],
  zoomIn: ["放大", "Zoom in"], zoomOut: ["缩小", "Zoom out"], fit: ["看全", "Fit"],
  welcome: ["点单位、条款或措施，看原文怎么说。", "Choose a body, a provision or a measure to see what the text says."],
  sentence: ["点一句，看它的要点。", "Choose a sentence to see what it says."],
  keys: ["键盘：/ 搜索，↑↓ 移动，Enter 打开，Esc 回到概览。", "Keys: / to search, arrows to move, Enter to open, Esc for the overview."],
  byInstrument: ["各类政策工具的措施数", "Measures by instrument"], byAgency: ["责任单位的措施数", "Measures by owner"],
  number: ["文号", "Number"], issued: ["成文", "Issued"], issuer: ["发文机关", "Issuer"], force: ["有效", "In force"],
  rest: ["另有", "and"], others: ["个", "more"], switchTo: ["English", "中文"],
  offline: ["本页不联网；引文与位置（码点）出自所建图谱。", "This page uses no network; quotes and offsets (code points) come from the graph."],
  about: ["由 zhengce 生成；图用 Cytoscape.js（MIT）绘制。", "Made by zhengce; the graph is drawn by Cytoscape.js (MIT)."],
  headline: ["政策图谱", "Policy graph"], files: ["份文件", "documents"],
};

const BLANK = { instrument: "", target: "", agency: "", document: "", modality: "" };
const state = { lang: 0, words: "", filters: { ...BLANK }, tab: "measures", shown: 60, kind: "", id: -1, via: -1 };

const $ = (id) => document.getElementById(id);
const say = (name) => WORDS[name][state.lang];
// a number with what it counts: provision, measure
const counted = (n, what) => `${n} ${say(n === 1 ? what : what + "s").toLowerCase()}`;
const term = (scheme, code) => (DATA.words[scheme][code] || [code, code])[state.lang];

// An element with attributes and children; a string becomes a text node, so nothing of a document is read as markup.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== "" && child !== null && child !== undefined));
  return node;
}

// A quote without the line ends and Markdown marks of the file, which mean nothing between two Chinese characters.
const flat = (text) => text.replaceAll("**", "").replace(/\s*[\r\n]+\s*/g, (_, at, all) => (/[ -~]/.test(all[at - 1] || "") ? " " : "")).trim();
const clip = (text, most) => ([...text].length > most ? [...text].slice(0, most - 1).join("") + "…" : text);

function partName(d, part) {
  if (!part) return say("main");
  const found = documents[d].parts.find(([position]) => position === part);
  return say("attachment") + part + (found && found[1] ? " " + found[1] : "");
}
const partShort = (part) => (part ? say("attachment") + part : say("main"));
const provisionName = (p) => [provisions[p].path, provisions[p].title].filter(Boolean).join(" ");
const documentName = (d) => documents[d].number || clip(documents[d].title, 30);
function placeOf(m) {
  const where = [partShort(m.part), m.p >= 0 ? provisionName(m.p) : ""];
  if (documents.length > 1) where.unshift(documentName(m.d));
  return where.filter(Boolean).join(" · ");
}

// ---- what is found ----

const plain = (text) => text.toLowerCase().replace(/\s+/g, "");
const haystacks = measures.map((m) => plain([
  m.q, m.p >= 0 ? provisionName(m.p) : "", documents[m.d].title, documents[m.d].number,
  ...m.o.map(([a]) => agencies[a].name), ...m.i.flatMap((c) => DATA.words.instrument[c]),
  ...[...m.t, ...m.ti].flatMap((c) => DATA.words.target[c]),
].join("\n")));

const codesWith = (codes, broader) => codes.flatMap((code) => [code, ...(broader[code] || [])]);
const TESTS = {
  instrument: (m, value) => codesWith(m.i, DATA.groups).includes(value),
  // what is for all enterprises is for small ones too
  target: (m, value) => [value, ...(DATA.broader[value] || [])].some((code) => m.t.includes(code) || m.ti.includes(code)),
  agency: (m, value) => m.o.some(([a]) => a === Number(value)),
  document: (m, value) => m.d === Number(value),
  modality: (m, value) => m.mo.includes(value),
};

function fits(n, without) {
  const m = measures[n];
  for (const [name, value] of Object.entries(state.filters)) {
    if (value !== "" && name !== without && !TESTS[name](m, value)) return false;
  }
  return state.words.split(/\s+/).filter(Boolean).every((word) => haystacks[n].includes(plain(word)));
}
const found = (without) => measures.map((_, n) => n).filter((n) => fits(n, without));

// How often each key occurs, the most frequent first.
function tally(ns, keys) {
  const counts = new Map();
  for (const n of ns) for (const key of new Set(keys(measures[n]))) counts.set(key, (counts.get(key) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
const ownersOf = (m) => m.o.map(([a]) => a);

// Measures of each provision and provisions of each agency, once.
const ofProvision = provisions.map(() => []);
const ofAgency = agencies.map(() => []);
measures.forEach((m, n) => {
  if (m.p >= 0) ofProvision[m.p].push(n);
  for (const a of new Set(ownersOf(m))) ofAgency[a].push(n);
});
const provisionsOf = (a, ns) => {
  const held = new Set(ns || ofAgency[a]);
  return [...new Set(ofAgency[a].filter((n) => held.has(n)).map((n) => measures[n].p))].filter((p) => p >= 0).sort((x, y) => x - y);
};
const ownersOfProvision = (p) => [...new Set(ofProvision[p].flatMap((n) => ownersOf(measures[n])))];

// 图：概览为共同负责的单位，选定后为 单位→条款→措施→工具与对象 / The graph: bodies that share provisions; once
// something is chosen, body → provision → measure → instrument and target, in columns. Positions are worked out, never random.

const MOST_BODIES = 36, MOST_ROWS = 36;
let cy = null;

const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

function graphStyle() {
  const font = getComputedStyle(document.body).fontFamily;
  const box = { shape: "round-rectangle", width: "data(w)", height: "data(h)", "border-width": 1, "text-valign": "center", "text-halign": "center" };
  const kind = (name, ink) => ({
    selector: "." + name,
    style: { ...box, "background-color": shade(ink + "-soft"), "border-color": shade(ink), color: shade("ink") },
  });
  return [
    { selector: "node", style: { label: "data(label)", "font-family": font, "font-size": 13, color: shade("ink"), "text-wrap": "wrap", "text-overflow-wrap": "anywhere", "text-max-width": "data(t)", "line-height": 1.25, "overlay-opacity": 0 } },
    { selector: "edge", style: { width: 1, "line-color": shade("line-strong"), "curve-style": "round-taxi", "taxi-direction": "rightward", "taxi-turn": "50%", "overlay-opacity": 0 } },
    kind("agency", "owner"), kind("provision", "plain"), kind("measure", "plain"), kind("instrument", "instrument"), kind("target", "target"), kind("rest", "plain"),
    { selector: ".rest", style: { "border-style": "dashed", color: shade("muted") } },
    { selector: ".hub", style: { shape: "ellipse", width: "data(w)", height: "data(h)", "background-color": shade("owner"), "border-width": 0, "text-valign": "bottom", "text-margin-y": 4, "font-size": 12, "text-background-color": shade("card"), "text-background-opacity": 0.8, "text-background-padding": 1 } },
    { selector: ".groupbody", style: { shape: "diamond" } },
    { selector: ".shared", style: { "curve-style": "straight", width: "data(w)", "line-color": shade("line-strong"), opacity: 0.45 } },
    { selector: ".leftward", style: { "taxi-direction": "leftward" } },
    { selector: ".chosen", style: { "border-width": 2.5, "font-weight": "bold" } },
    { selector: ".path", style: { width: 2.5, "line-color": shade("accent") } },
    { selector: ".dim", style: { opacity: 0.15 } },
  ];
}

const lines = (label, width) => Math.max(1, Math.ceil([...label].reduce((sum, c) => sum + (c < "\u2000" ? 7.5 : 13.1), 0) / width));

// A box of a column: its text cut to a few lines, its height by the lines that it needs.
function box(id, kind, text, width, extra, most = 3) {
  const label = clip(flat(text), Math.floor((width - 18) / 13.4) * most);
  return { id, kind, label, w: width, t: width - 14, h: lines(label, width - 14) * 17 + 10, ...extra };
}

// Nodes and edges of columns, from left to right; each column is centred and its boxes keep their order.
function columnsToElements(columns, links, gap) {
  const elements = [];
  let x = 0;
  for (const column of columns.filter((boxes) => boxes.length)) {
    const width = column[0].w, height = column.reduce((sum, item) => sum + item.h + 8, -8);
    let y = -height / 2;
    for (const item of column) {
      const classes = [item.kind, item.chosen ? "chosen" : ""].join(" ");
      elements.push({ group: "nodes", data: item, classes, position: { x: x + width / 2, y: y + item.h / 2 } });
      y += item.h + 8;
    }
    x += width + gap;
  }
  const known = new Set(elements.map((element) => element.data.id));
  for (const [source, target, strong] of links) {
    if (known.has(source) && known.has(target)) {
      elements.push({ group: "edges", data: { id: source + ">" + target, source, target }, classes: strong ? "path" : "" });
    }
  }
  return elements;
}

// At most so many boxes; the one that must stay does, and a last box says how many are left out.
function limited(boxes, keep) {
  if (boxes.length <= MOST_ROWS) return boxes;
  const head = boxes.slice(0, MOST_ROWS - 1);
  const kept = boxes.find((item) => item.id === keep);
  if (kept && !head.includes(kept)) head[head.length - 1] = kept;
  const width = boxes[0].w;
  return [...head, box("rest" + boxes[0].id, "rest", `${say("rest")} ${boxes.length - head.length} ${say("others")}`, width)];
}

// A body in the middle, its provisions on both sides (on a narrow page on one), in reading order.
function bodyElements(a, homes, wide) {
  const boxes = limited(homes.map((p) => box("p" + p, "provision", (provisions[p].part ? partShort(provisions[p].part) + " " : "") + provisionName(p), wide ? 260 : 210, {}, 1)), "");
  const half = wide ? Math.ceil(boxes.length / 2) : 0;
  const columns = [boxes.slice(0, half), [box("a" + a, "agency", agencies[a].name, wide ? 160 : 120, { chosen: true })], boxes.slice(half)];
  const elements = columnsToElements(columns, boxes.map((item) => ["a" + a, item.id]), wide ? 56 : 26);
  const left = new Set(columns[0].map((item) => item.id));
  return elements.map((element) => (left.has(element.data.target) ? { ...element, classes: "leftward" } : element));
}

function focusElements(wide) {
  const sizes = wide ? [150, 180, 230, 130] : [112, 104, 178, 96];
  const m = state.kind === "m" ? measures[state.id] : null;
  const p = m ? m.p : state.kind === "p" ? state.id : -1;
  const a = state.kind === "a" ? state.id : state.via;
  const ns = m && p < 0 ? [state.id] : p >= 0 ? ofProvision[p] : [];
  const owners = p >= 0 ? ownersOfProvision(p) : m ? [...new Set(ownersOf(m))] : [a];
  const shownProvisions = state.kind === "a" ? provisionsOf(a) : p >= 0 ? [p] : [];
  if (state.kind === "a") return bodyElements(a, shownProvisions, wide);
  const columns = [
    limited(owners.map((n) => box("a" + n, "agency", agencies[n].name, sizes[0], { chosen: n === a })), "a" + a),
    limited(shownProvisions.map((n) => box("p" + n, "provision", provisionName(n), sizes[1], { chosen: n === p })), "p" + p),
    limited(ns.map((n) => box("m" + n, "measure", measures[n].q, sizes[2], { chosen: m === measures[n] }, m === measures[n] ? 3 : 2)), "m" + state.id),
    m ? [...m.i.map((c) => box("i" + c, "instrument", term("instrument", c), sizes[3])),
      ...[...m.t, ...m.ti].map((c) => box("t" + c, "target", term("target", c), sizes[3]))] : [],
  ];
  const links = [];
  for (const q of shownProvisions) for (const n of owners) links.push(["a" + n, "p" + q, n === a && q === p]);
  for (const n of ns) links.push([p >= 0 ? "p" + p : "a" + owners[0], "m" + n, m === measures[n]]);
  if (m) for (const item of columns[3]) links.push(["m" + state.id, item.id, true]);
  // a narrow page has room for three columns; the bodies stand in the passage too
  if (!wide && m) columns[0] = [];
  return columnsToElements(columns, links, wide ? 56 : 26);
}

function overviewElements(width, height) {
  const ns = found();
  const counts = tally(ns, ownersOf).slice(0, MOST_BODIES);
  const held = new Map(counts.map(([a]) => [a, new Set(provisionsOf(a, ns))]));
  const most = Math.max(1, ...[...held.values()].map((set) => set.size));
  const nodes = counts.map(([a], n) => {
    const size = 10 + 30 * Math.sqrt(held.get(a).size / most), label = agencies[a].name;
    const angle = (2 * Math.PI * n) / counts.length, far = 0.15 + (0.3 * n) / counts.length;
    return {
      group: "nodes", classes: "hub" + (agencies[a].group ? " groupbody" : ""),
      data: { id: "a" + a, label, w: size, h: size, t: 118 },
      position: { x: Math.cos(angle) * width * far, y: Math.sin(angle) * height * far },
    };
  });
  const edges = [];
  counts.forEach(([a], n) => counts.slice(n + 1).forEach(([b]) => {
    const shared = [...held.get(a)].filter((p) => held.get(b).has(p)).length;
    if (shared) edges.push({ group: "edges", classes: "shared", data: { id: `a${a}-a${b}`, source: "a" + a, target: "a" + b, w: Math.min(0.6 + shared * 0.5, 6), shared } });
  }));
  // the strongest ties, and of each body its strongest: all of them would be a hairball
  edges.sort((x, y) => y.data.shared - x.data.shared || (x.data.id < y.data.id ? -1 : 1));
  const tied = new Set();
  const kept = edges.filter(({ data }, n) => {
    const wanted = n < 2 * nodes.length || !tied.has(data.source) || !tied.has(data.target);
    if (wanted) { tied.add(data.source); tied.add(data.target); }
    return wanted;
  });
  return [...nodes, ...kept];
}

// Pull what shares much together and push all apart (after Fruchterman and Reingold) from a fixed start inside the frame,
// then part the labels: the same graph always gets the same places.
function settle(elements, width, tall) {
  // labels are wide and low, so places are worked out in a frame twice as high and pressed together
  const height = tall * 2;
  const nodes = elements.filter((e) => e.group === "nodes"), links = elements.filter((e) => e.group === "edges");
  const index = new Map(nodes.map((node, n) => [node.data.id, n]));
  const ideal = 0.6 * Math.sqrt((width * height) / Math.max(nodes.length, 1));
  for (let round = 0; round < 300; round += 1) {
    const push = nodes.map(() => [0, 0]);
    const move = (i, dx, dy, force) => { const far = Math.max(Math.hypot(dx, dy), 1); push[i][0] += (dx / far) * force; push[i][1] += (dy / far) * force; };
    nodes.forEach(({ position: u }, i) => nodes.forEach(({ position: v }, j) => {
      if (i !== j) move(i, u.x - v.x, u.y - v.y, (ideal * ideal) / Math.max(Math.hypot(u.x - v.x, u.y - v.y), 1));
    }));
    for (const { data } of links) {
      const i = index.get(data.source), j = index.get(data.target), u = nodes[i].position, v = nodes[j].position;
      const pull = (Math.hypot(u.x - v.x, u.y - v.y) ** 2 / ideal) * Math.min(data.shared, 8) * 0.03;
      move(i, v.x - u.x, v.y - u.y, pull);
      move(j, u.x - v.x, u.y - v.y, pull);
    }
    const heat = ideal * 0.3 * (1 - round / 300);
    nodes.forEach(({ position }, i) => {
      move(i, -position.x, -position.y, Math.hypot(position.x, position.y) * 0.9);
      const far = Math.max(Math.hypot(...push[i]), 1), step = Math.min(far, heat);
      position.x += (push[i][0] / far) * step;
      position.y += (push[i][1] / far) * step;
    });
  }
  stretch(nodes, "x", width - 130);
  stretch(nodes, "y", tall - 60);
  part(nodes);
}
// Spread the places along one axis over the room there is: halfway between where they are and evenly spaced.
function stretch(nodes, axis, room) {
  const sorted = [...nodes].sort((u, v) => u.position[axis] - v.position[axis] || (u.data.id < v.data.id ? -1 : 1));
  const low = sorted[0] ? sorted[0].position[axis] : 0, span = sorted.length > 1 ? sorted[sorted.length - 1].position[axis] - low : 1;
  sorted.forEach((node, n) => {
    const even = sorted.length > 1 ? n / (sorted.length - 1) : 0.5;
    node.position[axis] = (((node.position[axis] - low) / Math.max(span, 1) + even) / 2 - 0.5) * room;
  });
}
function part(nodes) {
  const sizes = nodes.map(({ data }) => ({ w: Math.max(data.w, Math.min(data.t, [...data.label].length * 12.5)) + 6, h: data.h + 6 + 16 * Math.ceil(([...data.label].length * 12.5) / data.t) }));
  for (let round = 0; round < 200; round += 1) {
    let moved = false;
    nodes.forEach(({ position: u }, i) => nodes.slice(i + 1).forEach(({ position: v }, k) => {
      const j = i + 1 + k;
      // the label hangs below its circle
      const dy = v.y + (sizes[j].h - nodes[j].data.h) / 2 - u.y - (sizes[i].h - nodes[i].data.h) / 2, dx = v.x - u.x;
      const overX = (sizes[i].w + sizes[j].w) / 2 - Math.abs(dx), overY = (sizes[i].h + sizes[j].h) / 2 - Math.abs(dy);
      if (overX <= 0 || overY <= 0) return;
      moved = true;
      if (overX < overY * 3) { const s = (dx < 0 ? -1 : 1) * (overX / 2 + 0.5); u.x -= s; v.x += s; }
      else { const s = (dy < 0 ? -1 : 1) * (overY / 2 + 0.5); u.y -= s; v.y += s; }
    }));
    if (!moved) return;
  }
}

function openNode(event) {
  const id = event.target.id(), key = id.slice(1), n = Number(key);
  if (id.startsWith("rest")) return;
  if (id[0] === "i" || id[0] === "t") return applyFilter(id[0] === "i" ? "instrument" : "target", key);
  choose(id[0], n, id[0] === "a" ? -1 : state.kind === "a" ? state.id : state.via);
}

function fitGraph() {
  if (!cy) return;
  cy.resize();
  if (!cy.width()) return;
  const extent = cy.elements().boundingBox(), room = 14;
  const wide = (cy.width() - 2 * room) / Math.max(extent.w, 1), high = (cy.height() - 2 * room) / Math.max(extent.h, 1);
  const zoom = Math.min(1.15, wide, Math.max(high, Math.min(wide, 0.74)));
  // a column that is too high starts at its chosen box, or at its top
  const fits = extent.h * zoom <= cy.height();
  const chosen = cy.$(".chosen").last();
  const middle = chosen.nonempty() ? chosen.position().y : extent.y1;
  const top = Math.max(extent.y1 - room / zoom, Math.min(middle - cy.height() / zoom / 2, extent.y2 + room / zoom - cy.height() / zoom));
  cy.viewport({ zoom, pan: { x: cy.width() / 2 - (extent.x1 + extent.w / 2) * zoom, y: fits ? cy.height() / 2 - (extent.y1 + extent.h / 2) * zoom : -top * zoom } });
}

function drawGraph() {
  const canvas = $("canvas");
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  const overview = state.kind === "";
  const elements = overview ? overviewElements(width, height) : focusElements(width > 600);
  if (overview) settle(elements, width, height);
  if (!cy) {
    cy = cytoscape({ container: canvas, minZoom: 0.15, maxZoom: 3, boxSelectionEnabled: false, autoungrabify: true });
    cy.on("tap", "node", openNode);
    cy.on("mouseover", "node", (event) => {
      canvas.style.cursor = "pointer";
      if (state.kind === "") cy.elements().difference(event.target.closedNeighborhood()).addClass("dim");
    });
    cy.on("mouseout", "node", () => { canvas.style.cursor = ""; cy.elements().removeClass("dim"); });
  }
  cy.batch(() => { cy.elements().remove(); cy.style(graphStyle()); cy.add(elements); });
  fitGraph();
  const path = [say("agency"), say("provision"), say("measure"), `${say("instrument")} / ${say("target")}`];
  // the columns that are drawn
  const title = overview ? say("overviewGraph") : path.slice(state.kind === "m" && width <= 600 ? 1 : 0, { a: 2, p: 3, m: 4 }[state.kind]).join(" → ");
  $("graphtitle").textContent = title;
  canvas.setAttribute("aria-label", title);
}

// The page of a preview: loads the deck, shows its cards, and updates after changes.
"use strict";

const settings = JSON.parse(document.getElementById("settings").textContent);
const at = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];

/** Creates an element. Functions among its properties are listeners; strings become text, never HTML. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// Settings that the browser stores between visits

function remembered(name, otherwise) {
  try {
    return localStorage.getItem(`cardwright-${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`cardwright-${name}`, value);
  } catch {
    // the browser has no storage
  }
}

// The source of the deck: the program, or the files of an export

const source = settings.isExport
  ? {
      deck: async () => cardwright.deck,
      plan: async () => cardwright.plan,
      leftOut: async () => cardwright.leftOut,
      async card(key) {
        if (!(key in cardwright.known)) {
          const file = deck.fileOf.get(key);
          await script(`data/cards-${deck.head.order.indexOf(file)}.js`);
        }
        const found = cardwright.known[key];
        return found && { ...found, front: await whole(found.front), back: await whole(found.back) };
      },
    }
  : {
      deck: () => fetched("deck"),
      plan: () => fetched("plan"),
      leftOut: () => fetched("left-out"),
      card: (key) => fetched(`card/${encodeURIComponent(key)}`),
    };

async function fetched(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
}

/** Embeds the images of an exported card, because its frame cannot load files from disk. */
async function whole(html) {
  const names = [...html.matchAll(/ src="([^"]+)"/g)].map((match) => match[1]);
  const wanted = names.filter((name) => name in cardwright.media && !(name in cardwright.files));
  await Promise.all(wanted.map((name) => script(`data/media-${cardwright.media[name]}.js`)));
  return html.replace(/ src="([^"]+)"/g, (all, name) => (name in cardwright.files ? ` src="${cardwright.files[name]}"` : all));
}

function script(path) {
  return new Promise((done) => {
    document.head.append(make("script", { src: path, load: done, error: done }));
  });
}

// The deck

const deck = {
  version: 0,
  head: { title: "", counts: {}, order: [] },
  files: new Map(),
  cards: [],
  byKey: new Map(),
  fileOf: new Map(),

  /** Updates the deck with changed files; returns their paths. */
  take(news) {
    this.version = news.version;
    this.head = news;
    const changed = new Set(news.files.map((file) => file.path));
    for (const file of news.files) this.files.set(file.path, file);
    const wanted = new Set(news.order);
    for (const path of [...this.files.keys()]) if (!wanted.has(path)) this.files.delete(path);
    this.cards = news.order.flatMap((path) => this.files.get(path).cards);
    this.byKey = new Map(this.cards.map((card) => [card.key, card]));
    this.fileOf = new Map();
    for (const path of news.order)
      for (const card of this.files.get(path).cards) this.fileOf.set(card.key, path);
    return changed;
  },

  problemsOf(card) {
    const { problems } = this.files.get(this.fileOf.get(card.key));
    return card.problems.map((index) => problems[index]);
  },
};

const page = {
  view: "cards",
  key: "",
  side: "front",
  size: remembered("size", "phone"),
  light: remembered("light", matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "day"),
  query: "",
  open: new Set(),
  longer: new Map(),
  card: null,
  place: null,
};

const narrow = matchMedia("(max-width: 760px)");

function say(text) {
  at("said").textContent = text;
}

function worst(problems) {
  if (problems.some((problem) => problem.severity === "error")) return "error";
  return problems.length ? "warning" : "";
}

function many(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

// Searching

const haystacks = new WeakMap();

function haystack(card) {
  if (!haystacks.has(card)) {
    const parts = [card.question, card.source, card.deck, card.tags.join(" "), deck.fileOf.get(card.key)];
    haystacks.set(card, parts.join("\n").toLowerCase());
  }
  return haystacks.get(card);
}

function fits(card, word) {
  if (word === "is:problem") return card.problems.length > 0;
  if (word.startsWith("is:")) return card.state === word.slice(3);
  return haystack(card).includes(word);
}

/** The cards that the arrow keys visit: the results of a search, or all. */
function shownCards() {
  const words = page.query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length ? deck.cards.filter((card) => words.every((word) => fits(card, word))) : deck.cards;
}

// The tree

const STEP = 200;
const MOST_FOUND = 300;
let room = Infinity;

function treeOf(cards) {
  const root = { parts: new Map(), cards: [], count: 0 };
  for (const card of cards) {
    let node = root;
    let full = "";
    for (const part of card.deck.split("::")) {
      full = full ? `${full}::${part}` : part;
      if (!node.parts.has(part)) node.parts.set(part, { name: part, full, parts: new Map(), cards: [], count: 0 });
      node = node.parts.get(part);
      node.count += 1;
    }
    node.cards.push(card);
  }
  return root;
}

function drawTree() {
  const tree = at("tree");
  const { scrollTop } = tree;
  const focused = tree.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const cards = shownCards();
  at("found").textContent = page.query.trim() ? many(cards.length, "card") : "";
  const isSearching = page.query.trim() !== "";
  room = isSearching ? MOST_FOUND : Infinity; // a search expands decks, but does not show thousands of cards
  tree.replaceChildren(drawBranches(treeOf(cards), isSearching));
  tree.scrollTop = scrollTop;
  if (focused) all("#tree [data-id]").find((each) => each.dataset.id === focused)?.focus({ preventScroll: true });
}

function drawBranches(node, isSearching) {
  return make(
    "ul",
    {},
    [...node.parts.values()].map((part) => drawDeck(part, isSearching)),
    drawCards(node),
  );
}

function drawDeck(node, isSearching) {
  const { full } = node;
  const isWanted = page.open.has(`+${full}`) || (room > 0 && !page.open.has(`-${full}`));
  const isOpen = isSearching ? isWanted : page.open.has(full);
  const flip = () => {
    const marks = isSearching ? [`-${full}`, `+${full}`] : [full];
    for (const mark of marks) page.open.delete(mark);
    if (isSearching) page.open.add(isOpen ? `-${full}` : `+${full}`);
    else if (!isOpen) page.open.add(full);
    drawTree();
  };
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", class: "deck", "aria-expanded": String(isOpen), "data-id": node.full, click: flip },
      make("span", { class: "name" }, node.name),
      make("span", { class: "number" }, node.count.toLocaleString("en"), make("span", { class: "unseen" }, node.count === 1 ? " card" : " cards")),
    ),
    isOpen ? drawBranches(node, isSearching) : null,
  );
}

function drawCards(node) {
  const most = page.longer.get(node.full) ?? STEP;
  const here = node.cards.slice(0, most).map(drawCard);
  room -= here.length;
  if (node.cards.length > most) {
    const longer = () => {
      page.longer.set(node.full, most + STEP);
      drawTree();
    };
    const left = many(node.cards.length - most, "more card");
    here.push(make("li", {}, make("button", { type: "button", class: "more", click: longer }, `Show ${left}`)));
  }
  return here;
}

function drawCard(card) {
  const kind = worst(deck.problemsOf(card));
  const isFirst = card.name === "Question to answer";
  return make(
    "li",
    {},
    make(
      "a",
      {
        class: "card-link",
        href: `#card/${card.key}`,
        "data-id": card.key,
        "aria-current": card.key === page.key ? "true" : null,
      },
      make(
        "span",
        { class: "name" },
        make("span", { class: "question" }, card.question || "(no text)"),
        isFirst ? null : make("span", { class: "kind" }, card.name),
      ),
      card.state ? make("span", { class: `state ${card.state}` }, card.state) : null,
      kind ? make("span", { class: `sign ${kind}`, role: "img", "aria-label": kind }) : null,
    ),
  );
}

/** Expands the decks above the card, and scrolls it into view. */
function reveal(card) {
  const parts = card.deck.split("::");
  parts.forEach((_, index) => page.open.add(parts.slice(0, index + 1).join("::")));
  drawTree();
  const link = all("#tree .card-link").find((each) => each.dataset.id === card.key);
  link?.scrollIntoView({ block: "nearest" });
}

// The card in its frame

const BASE = "body{margin:20px;overflow-wrap:break-word}img{max-width:100%;max-height:95vh}a{text-decoration:none}" +
  "audio,video{max-width:100%}";
let frame = null;
let coming = null;

function classes() {
  const night = page.light === "night" ? " nightMode night_mode" : "";
  return { classes: `card card${(page.card?.ord ?? 0) + 1}${night}`, root: page.size === "phone" ? "mobile android linux js" : "linux" };
}

function frameDocument(html) {
  const here = location.protocol === "file:" ? "file:" : location.origin;
  const base = new URL("media/", document.baseURI).href;
  const address = new URL(`cards/${deck.head.style}.css`, document.baseURI).href;
  const style = settings.isExport ? `<style>${cardwright.style}</style>` : `<link rel="stylesheet" href="${address}">`;
  const policy = [
    "default-src 'none'",
    `script-src '${settings.frameHash}'`,
    `style-src ${here} 'unsafe-inline'`,
    `img-src ${here} data:`,
    `media-src ${here} data:`,
    `font-src ${here} data:`,
    `base-uri ${here}`,
    "form-action 'none'",
  ].join("; ");
  const names = classes();
  return `<!doctype html><html lang="" class="${names.root}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<base href="${base}" target="_blank"><title>Card</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${BASE}</style>${style}<script>${settings.frame}</script>
</head><body class="${names.classes}"><div id="qa">${html}</div></body></html>`;
}

let number = 0;

/** Shows a side in the existing frame, or in a new one if the style changed. */
function showFrame(html, label, place) {
  coming?.remove();
  coming = null;
  number += 1;
  if (!frame || frame.dataset.style !== deck.head.style) {
    showNewFrame(html, label, place);
    return;
  }
  frame.title = label;
  const asked = number;
  toFrame({ ...classes(), html, at: place ?? { top: 0, open: [] }, number });
  setTimeout(() => {
    if (number === asked && at("screen").dataset.number !== String(asked)) showNewFrame(html, label, place);
  }, 1000); // the old frame did not answer
}

function markShown() {
  Object.assign(at("screen").dataset, { shown: page.key, side: page.side, number: String(number) });
}

/** Shows a side in a new frame, which replaces the old one once it is complete. */
function showNewFrame(html, label, place) {
  coming?.remove();
  const next = make("iframe", {
    class: frame ? "coming" : "",
    title: label,
    sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox",
    "data-style": deck.head.style,
  });
  next.srcdoc = frameDocument(html);
  next.swap = () => {
    if (coming !== next) return;
    const hadFocus = document.activeElement === frame;
    coming = null;
    frame?.remove();
    frame = next;
    next.classList.remove("coming");
    if (hadFocus) next.focus();
    markShown();
  };
  next.place = place;
  coming = next;
  at("screen").append(next);
  setTimeout(next.swap, 1500); // an image never loads
}

addEventListener("message", (event) => {
  const message = event.data?.card;
  if (!message) return;
  if (coming && event.source === coming.contentWindow) {
    if (message.isLoaded && coming.place) coming.contentWindow.postMessage({ at: coming.place }, "*");
    else if (message.isLoaded || message.isPlaced) coming.swap();
  } else if (frame && event.source === frame.contentWindow) {
    if (message.place) page.place = message.place;
    if (message.isPlaced && message.number === number) markShown();
    if (typeof message.key === "string") press(message.key);
  }
});

function toFrame(message) {
  frame?.contentWindow.postMessage(message, "*");
}

// One card

async function showCard(key, { place = null, side = "front" } = {}) {
  page.key = key;
  page.side = side;
  const found = await source.card(key);
  if (page.key !== key || !found) return;
  const isSame = page.card?.key === key;
  page.card = withOrd(found);
  page.place = place;
  drawSide(isSame ? place : null);
  drawAbout();
  drawPosition();
}

/** A card with its position in its note, and the style and images that it was rendered with. */
function withOrd(card) {
  const { style, media } = deck.head;
  return { ...card, style, media, ord: Number(card.key.slice(card.key.lastIndexOf("-") + 1)) };
}

function drawSide(place = null) {
  const card = deck.byKey.get(page.key);
  const isFront = page.side === "front";
  const html = isFront ? page.card.front : page.card.back;
  showFrame(html, `${isFront ? "Question" : "Answer"}: ${card.question}`, place);
  page.place = place;
  press_(all("button[data-side]"), "side", page.side);
  at("show").hidden = !isFront;
  for (const button of all("[data-grade]")) button.hidden = isFront;
}

function press_(buttons, name, value) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset[name] === value));
}

function drawPosition() {
  const cards = shownCards();
  const index = cards.findIndex((card) => card.key === page.key);
  at("position").textContent = index < 0 ? many(cards.length, "card") : `${(index + 1).toLocaleString("en")} of ${cards.length.toLocaleString("en")}`;
  at("empty").hidden = deck.cards.length > 0;
  at("device").hidden = deck.cards.length === 0;
  at("about").hidden = deck.cards.length === 0;
  if (!deck.cards.length) at("empty").textContent = "There is no card yet. The problems say why. A change of your files shows here at once.";
}

function editorLink(path, line, column = 1) {
  if (!settings.editor || !path) return null;
  const full = `/${settings.root}/${path}`.replace(/\/+/g, "/"); // on Windows /C:/…
  const parts = { path: encodeURI(full).replaceAll("#", "%23").replaceAll("?", "%3F"), line: line || 1, column: column || 1 };
  return settings.editor.replace(/\{(path|line|column)\}/g, (_, name) => parts[name]);
}

function placeLink(path, line, column) {
  const text = line ? `${path}:${line}` : path || "the deck";
  const href = editorLink(path, line, column);
  return href ? make("a", { class: "place", href }, text) : make("span", { class: "place" }, text);
}

function drawProblem(problem, card = null) {
  const isError = problem.severity === "error";
  return make(
    "div",
    { class: `problem ${problem.severity}` },
    make(
      "p",
      { class: "where" },
      make("code", {}, problem.code),
      make("span", {}, isError ? "error" : "warning"),
      placeLink(problem.path, problem.line, problem.column),
      card ? make("a", { href: `#card/${card.key}` }, "show the card") : null,
    ),
    make("p", {}, problem.message),
    problem.excerpt ? make("pre", { tabindex: "0" }, problem.excerpt) : null,
    problem.hint ? make("p", { class: "hint" }, problem.hint) : null,
  );
}

function drawAbout() {
  const card = deck.byKey.get(page.key);
  const path = deck.fileOf.get(page.key);
  const problems = deck.problemsOf(card);
  const usesMathJax = /\\[([]/.test(page.card.front + page.card.back);
  at("about").replaceChildren(
    make("h2", {}, "Source"),
    make("p", {}, placeLink(path, card.line)),
    ...(problems.length ? [make("h2", {}, "Problems"), ...problems.map((problem) => drawProblem(problem))] : []),
    usesMathJax ? make("p", { class: "hint" }, "Anki typesets formulas of this card with MathJax. Here you see their TeX in a box.") : "",
    make("h2", {}, "Card"),
    make("p", {}, card.name, card.state ? make("span", { class: `state ${card.state}` }, card.state) : ""),
    make("h2", {}, "Deck"),
    make("p", { class: "path-of-deck" }, card.deck.split("::").join(" › ")),
    ...(card.tags.length ? [make("h2", {}, "Tags"), make("ul", { class: "tags" }, card.tags.map((tag) => make("li", {}, tag)))] : []),
    make("h2", {}, "Fields"),
    ...page.card.fields.map(([name, text]) =>
      make("details", { class: "field" }, make("summary", {}, name), make("pre", { tabindex: "0" }, text)),
    ),
  );
}

function flip(side) {
  if (!page.card) return;
  page.side = side;
  drawSide();
  say(side === "front" ? "Question" : "Answer");
}

function step(by) {
  const cards = shownCards();
  const index = cards.findIndex((card) => card.key === page.key);
  const next = cards[index < 0 ? 0 : index + by];
  if (next) go(`#card/${next.key}`);
  else say(by > 0 ? "This is the last card" : "This is the first card");
  return Boolean(next);
}

const GRADES = { 1: "Again", 2: "Hard", 3: "Good", 4: "Easy" };

function grade(number) {
  if (page.side === "front") return;
  const isNext = step(1);
  if (isNext) say(`${GRADES[number]}; next question`);
}

function setSize(size) {
  page.size = size;
  remember("size", size);
  drawSettings();
}

function setLight(light) {
  page.light = light;
  remember("light", light);
  drawSettings();
}

function drawSettings() {
  press_(all("[data-size]"), "size", page.size);
  press_(all("[data-light]"), "light", page.light);
  const view = at("view-cards");
  view.classList.toggle("phone", page.size === "phone");
  view.classList.toggle("wide", page.size === "wide");
  view.classList.toggle("night", page.light === "night");
  toFrame(classes());
}

// Keys

function press(key) {
  const keys = {
    " ": () => (page.side === "front" ? flip("back") : grade(3)),
    Enter: () => (page.side === "front" ? flip("back") : grade(3)),
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    ArrowUp: () => toFrame({ by: -80 }),
    ArrowDown: () => toFrame({ by: 80 }),
    n: () => setLight(page.light === "day" ? "night" : "day"),
    p: () => setSize(page.size === "phone" ? "wide" : "phone"),
    e: () => editCard(),
    "/": () => {
      list(true);
      at("query").focus();
    },
    "?": () => at("help").showModal(),
  };
  for (const number of [1, 2, 3, 4]) keys[number] = () => grade(number);
  if (!Object.hasOwn(keys, key)) return false;
  if (page.view !== "cards" && key !== "/" && key !== "?") return false;
  keys[key]();
  return true;
}

function editCard() {
  const href = page.card && editorLink(deck.fileOf.get(page.key), deck.byKey.get(page.key).line);
  if (href) location.href = href;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || at("help").open) return;
  const { target, key } = event;
  if (target.matches("input")) {
    if (key === "Escape") {
      target.value = "";
      search("");
      at("stage").focus();
    }
    return;
  }
  const isControl = target.matches("button, a, summary");
  if (isControl && (key === " " || key === "Enter")) return;
  const scrolls = target.matches("pre, #tree *, .about *") && (key === "ArrowUp" || key === "ArrowDown");
  if (!scrolls && press(key)) event.preventDefault();
});

// Lists of other views

function drawProblems() {
  const parts = [];
  for (const path of deck.head.order) {
    const file = deck.files.get(path);
    if (!file.problems.length) continue;
    parts.push(make("h3", {}, path || "The deck"));
    file.problems.forEach((problem, index) => {
      parts.push(drawProblem(problem, file.cards.find((card) => card.problems.includes(index))));
    });
  }
  if (!parts.length) parts.push(make("p", { class: "lead" }, "Nothing is wrong."));
  at("problem-list").replaceChildren(...parts);
}

async function drawLeftOut() {
  const list = at("left-out-list");
  if (!list.hasChildNodes()) list.replaceChildren(make("p", { class: "lead", role: "status" }, "Reading…"));
  const files = (await source.leftOut()) ?? [];
  const parts = [
    make("p", { class: "lead" }, "Text that is on no card. Questions without a card come first, then text that looks like questions, then the rest."),
  ];
  for (const file of files) {
    if (!file.parts.length && !file.questions.length && !file.shapes.length) continue;
    parts.push(
      make("h3", {}, placeLink(file.path, 0)),
      make("p", { class: "hint" }, `${file.choice ? `Read as ${file.choice}: ` : ""}${many(file.notes, "note")}; ${many(file.uncovered, "line")} on no card.`),
    );
    for (const question of file.questions)
      parts.push(make("div", { class: "left" }, placeLink(file.path, question.line), make("p", {}, question.text), make("p", { class: "hint" }, [question.code, question.reason].filter(Boolean).join(": "))));
    for (const shape of file.shapes)
      parts.push(make("div", { class: "left" }, make("p", {}, `${shape.name}: ${shape.lack}`), make("p", { class: "hint" }, `To include them, write ${shape.setting}.`)));
    for (const part of file.parts)
      parts.push(make("div", { class: "left" }, placeLink(file.path, part.start), make("span", {}, ` ${part.kind}`), make("pre", { tabindex: "0" }, part.text)));
  }
  if (parts.length === 1) parts.push(make("p", {}, "Every line is on a card."));
  list.replaceChildren(...parts);
}

const AROUND = 90;

/** The text that both versions share, shortened far from changes. */
function shortened(text, isFirst, isLast) {
  const before = isFirst ? "" : text.slice(0, AROUND);
  const after = isLast ? "" : text.slice(-AROUND);
  return text.length > 2 * AROUND + 20 ? `${before} … ${after}` : text;
}

function drawChange(change) {
  const tags = { old: "del", new: "ins" };
  const last = change.pieces.length - 1;
  const pieces = change.pieces.map(([kind, text], index) =>
    tags[kind] ? make(tags[kind], {}, text) : shortened(text, index === 0, index === last),
  );
  return make("div", { class: "change" }, make("dt", {}, change.part), make("dd", {}, change.words || pieces));
}

async function drawPlan() {
  const plan = await source.plan();
  if (!plan) return;
  const parts = [];
  if (!plan.is_known) parts.push(make("p", { class: "lead" }, "Errors prevent a build, so its changes are not known."));
  else if (!plan.groups.length && !plan.notetypes.length) parts.push(make("p", { class: "lead" }, "Nothing would change. The last build is up to date."));
  else parts.push(make("p", { class: "lead" }, "What the next build would do, and what that does in Anki."));
  parts.push(...plan.notetypes.map((words) => make("p", {}, words)));
  for (const group of plan.groups) {
    parts.push(make("h3", {}, `${group.title}: ${many(group.notes.length, "note")}`), make("p", { class: "hint" }, group.meaning));
    for (const note of group.notes.slice(0, STEP)) {
      const card = deck.byKey.get(`${note.guid}-0`);
      parts.push(
        make(
          "div",
          { class: "planned" },
          make("p", { class: "question" }, card ? make("a", { href: `#card/${card.key}` }, note.question) : note.question),
          make("p", { class: "hint" }, placeLink(note.path, note.line)),
          note.changes.length ? make("dl", {}, note.changes.map(drawChange)) : null,
        ),
      );
    }
    if (group.notes.length > STEP) parts.push(make("p", { class: "hint" }, `and ${many(group.notes.length - STEP, "more note")}; “cardwright plan --json” has them all`));
  }
  at("plan-list").replaceChildren(...parts);
}

const DRAWN = { problems: drawProblems, "left-out": drawLeftOut, plan: drawPlan };

function drawCounts() {
  const problems = [...deck.files.values()].flatMap((file) => file.problems);
  at("problem-count").textContent = problems.length || "";
  at("problem-count").className = `count ${worst(problems)}`;
  const { counts } = deck.head;
  const planned = ["new", "changed", "moved", "retired"].reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  at("plan-count").textContent = planned ? planned.toLocaleString("en") : "";
  at("title").textContent = deck.head.title || "Cardwright";
  document.title = deck.head.title || "Cardwright";
  at("stale").hidden = !deck.head.isStale;
  if (deck.head.isStale) at("stale").replaceChildren("Errors prevent a build: these are the cards of the last one. ", make("a", { href: "#problems" }, "Show the problems"));
}

// The current place

function go(hash) {
  history.replaceState(null, "", hash);
  route();
}

function route() {
  const [name, key] = location.hash.slice(1).split("/");
  page.view = name in DRAWN ? name : "cards";
  for (const view of all(".view")) view.hidden = view.id !== `view-${page.view}`;
  for (const link of all("[data-view]"))
    if (link.dataset.view === page.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  list(false);
  if (page.view !== "cards") {
    DRAWN[page.view]();
    return;
  }
  const card = deck.byKey.get(key ?? page.key) ?? deck.byKey.get(page.key) ?? deck.cards[0];
  if (!card) {
    drawTree();
    drawPosition();
    return;
  }
  if (card.key !== page.key || !frame) {
    showCard(card.key);
    reveal(card);
  }
}

function list(isOpen) {
  document.body.classList.toggle("listing", isOpen && narrow.matches);
  at("menu").setAttribute("aria-expanded", String(isOpen && narrow.matches));
}

function search(text) {
  page.query = text;
  for (const mark of [...page.open]) if (/^[+-]/.test(mark)) page.open.delete(mark);
  drawTree();
  drawPosition();
}

// Changes on disk

function takeNews(news) {
  const card = deck.byKey.get(page.key);
  const path = deck.fileOf.get(page.key);
  const index = card ? deck.files.get(path).cards.indexOf(card) : -1;
  const { style, media } = deck.head;
  const changed = deck.take(news);
  drawCounts();
  if (!card) {
    route();
    return;
  }
  const same = deck.byKey.get(card.key) ?? deck.files.get(path)?.cards[index] ?? deck.cards[0];
  if (same && same.key !== page.key) history.replaceState(null, "", `#card/${same.key}`);
  drawTree();
  if (!same) route();
  else if (changed.has(deck.fileOf.get(same.key)) || style !== deck.head.style || media !== deck.head.media) refresh(same);
  else drawPosition();
  if (page.view in DRAWN) DRAWN[page.view]();
}

async function refresh(card) {
  const { place, side, key } = page;
  const before = page.card;
  page.key = card.key;
  const found = await source.card(card.key);
  if (!found || page.key !== card.key) return;
  page.card = withOrd(found);
  const name = side === "front" ? "front" : "back";
  const isOther = ["style", "media", name].some((part) => before?.[part] !== page.card[part]);
  if (isOther || key !== card.key) {
    drawSide(place);
    say("The card has changed");
  }
  drawAbout();
  drawPosition();
  if (key !== card.key) drawTree();
}

function life(state, text) {
  at("life").className = `life ${state}`;
  at("life-text").textContent = text;
}

/** Listens while the page is visible: a browser allows few such connections to one address. */
let stream = null;

function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
    return;
  }
  if (stream) return;
  stream = new EventSource(`events?since=${deck.version}`);
  stream.onopen = () => life("on", "follows your files");
  stream.onmessage = (event) => takeNews(JSON.parse(event.data));
  stream.onerror = () => {
    life("off", "the preview has stopped");
    if (stream.readyState !== EventSource.CLOSED) return;
    stream = null;
    if (settings.root) location.reload(); // another preview runs here now, and redirects to its own page
    else setTimeout(listen, 3000);
  };
}

// The controls

function controls() {
  at("previous").addEventListener("click", () => step(-1));
  at("next").addEventListener("click", () => step(1));
  at("show").addEventListener("click", (event) => {
    flip("back");
    if (event.detail === 0) document.querySelector('[data-grade="3"]').focus();
  });
  for (const button of all("[data-grade]"))
    button.addEventListener("click", (event) => {
      grade(Number(button.dataset.grade));
      page.side = "front";
      if (event.detail === 0) {
        at("show").hidden = false;
        at("show").focus();
      }
    });
  for (const button of all("button[data-side]")) button.addEventListener("click", () => flip(button.dataset.side));
  for (const button of all("[data-size]")) button.addEventListener("click", () => setSize(button.dataset.size));
  for (const button of all("[data-light]")) button.addEventListener("click", () => setLight(button.dataset.light));
  // After a mouse click, keys go to the card again.
  for (const button of all("main button"))
    button.addEventListener("click", (event) => event.detail > 0 && at("stage").focus({ preventScroll: true }));
  at("menu").addEventListener("click", () => list(!document.body.classList.contains("listing")));
  at("help-button").addEventListener("click", () => at("help").showModal());
  at("tree").addEventListener("click", (event) => event.target.closest(".card-link") && list(false));
  let waiting = 0;
  at("query").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(event.target.value), 80);
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    at("stage").focus();
  });
  addEventListener("hashchange", route);
}

async function begin() {
  controls();
  drawSettings();
  deck.take(await source.deck());
  const roots = new Set(deck.cards.map((card) => card.deck.split("::")[0]));
  for (const root of roots) page.open.add(root);
  drawCounts();
  route();
  if (page.view !== "cards") drawTree();
  if (settings.isExport) {
    life("", "exported");
    return;
  }
  document.addEventListener("visibilitychange", listen);
  listen();
}

begin();

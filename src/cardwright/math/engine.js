// Runs in V8 beside katex.min.js: a batch of formulas in, what became of each out.

var limits = { tokens: Infinity }; // until the program of the engine sets them
var outcomes = [];
var tokens = 0;

// Each token that KaTeX reads is counted, those of macros too: its time grows with them, and much
// faster than they do.
const outOfTokens = {};
katex.renderToString("\\counted", { macros: { "\\counted": countFrom } });

function countFrom(context) {
  const expander = Object.getPrototypeOf(context);
  const { popToken } = expander;
  expander.popToken = function () {
    if (++tokens > limits.tokens) throw outOfTokens;
    return popToken.call(this);
  };
  return "";
}

// The colour of what KaTeX does not trust; no \color has a hyphen in its name.
const untrusted = "not-trusted";
const isUntrusted = new RegExp(`style="[^"]*color:${untrusted}`);

// \newcommand of a name that KaTeX has is a definition as any other, as it is for MathJax.
function define(context) {
  const name = context.consumeArg().tokens;
  if (name.length !== 1) {
    throw new katex.ParseError("\\newcommand's first argument must be a macro name");
  }
  let body = context.consumeArg().tokens;
  let count = 0;
  if (body.length === 1 && body[0].text === "[") {
    let digits = "";
    for (let token = context.expandNextToken(); ; token = context.expandNextToken()) {
      if (token.text === "]" || token.text === "EOF") break;
      digits += token.text;
    }
    if (!/^\s*[0-9]\s*$/.test(digits)) {
      throw new katex.ParseError("Invalid number of arguments: " + digits);
    }
    count = parseInt(digits);
    body = context.consumeArg().tokens;
  }
  context.macros.set(name[0].text, { tokens: body, numArgs: count });
  return "";
}

function defineOperator(context) {
  context.consumeSpaces();
  const isStarred = context.future().text === "*";
  if (isStarred) context.popToken();
  const name = context.consumeArg().tokens;
  if (name.length !== 1) {
    throw new katex.ParseError("\\DeclareMathOperator's first argument must be a macro name");
  }
  const text = context.consumeArg().tokens.slice().reverse().map((token) => token.text).join("");
  context.macros.set(name[0].text, `\\operatorname${isStarred ? "*" : ""}{${text}}`);
  return "";
}

const own = {
  "\\newcommand": define,
  "\\renewcommand": define,
  "\\DeclareMathOperator": defineOperator,
  "\\mbox": "\\text{#1}",
  "\\label": (context) => (context.consumeArg(), ""), // there is nothing to refer to it
};

// The position of an error in ``tex``, or null where it is in the body of a macro.
function positionOf(error, tex) {
  const start = error.position;
  if (typeof start !== "number") return null;
  const end = start + (error.length || 0);
  const left = start > 15 ? "…" + tex.slice(start - 15, start) : tex.slice(0, start);
  const middle = tex.slice(start, end).replace(/[^]/g, "$&\u0332");
  const right = end + 15 < tex.length ? tex.slice(end, end + 15) + "…" : tex.slice(end);
  if (!error.message.endsWith(left + middle + right)) return null;
  return [...tex.slice(0, start)].length;
}

const isDeeper = (html, depth) => html.split("</").length > depth && depthOf(html) > depth;

function depthOf(html) {
  let depth = 0;
  let deepest = 0;
  for (const tag of html.match(/<\/?[a-z][^>]*>/g) || []) {
    if (tag[1] === "/") depth -= 1;
    else if (!tag.endsWith("/>")) deepest = Math.max(deepest, (depth += 1));
  }
  return deepest;
}

// \char makes any of them; neither a database nor HTML can hold them.
const noCharacter = /[\0-\x08\x0b-\x1f\x7f\ufffe\uffff]/;

// What KaTeX builds without a refusal, as long as there is little of it: no node of another kind,
// no character but a printed one, and neither so many nor so deep that the HTML can be too much.
const ordinary = new Set(
  ("mathord textord atom ordgroup supsub genfrac op operatorname text spacing sqrt leftright " +
    "delimsizing middle font styling kern array mclass overline underline htmlmathml accent " +
    "xArrow lap").split(" "),
);
const printed = /^[ -~\xa0-\ud7ff]*$/;
const mostNodes = 250;
const deepestNode = 20;

function isOrdinary(tree) {
  let left = mostNodes;
  const isPlain = (value, depth) => {
    if (typeof value === "string") return printed.test(value);
    if (typeof value !== "object" || value === null) return true;
    if (Array.isArray(value)) return value.every((each) => isPlain(each, depth));
    if (value.mode) {
      if (--left < 0 || depth > deepestNode || !ordinary.has(value.type)) return false;
      depth += 1;
    }
    for (const key in value) if (key !== "loc" && !isPlain(value[key], depth)) return false;
    return true;
  };
  return isPlain(tree, 0);
}

// Settings of KaTeX, which change while it reads: each reading takes new ones.
function settings(isDisplay, macros, output) {
  tokens = 0;
  return {
    displayMode: isDisplay,
    output,
    throwOnError: true,
    errorColor: untrusted,
    strict: "ignore",
    trust: false,
    globalGroup: false,
    maxSize: limits.size,
    maxExpand: limits.expansions,
    macros: Object.assign({}, own, macros),
  };
}

// Without ``output`` a formula is only checked: built is only what may be refused for it.
function typesetOne(tex, isDisplay, macros, output) {
  try {
    if (!output && isOrdinary(katex.__parse(tex, settings(isDisplay, macros)))) return { html: "" };
    const tree = katex.__renderToDomTree(tex, settings(isDisplay, macros, output || "htmlAndMathml"));
    const html = compacted(tree, limits.named).toMarkup();
    if (html.includes(untrusted) && isUntrusted.test(html)) return { words: "a command is not trusted", limit: true };
    if (noCharacter.test(html) || !html.isWellFormed()) return { words: "\\char makes no character that can be shown" };
    if (html.length > limits.html) return { words: `it makes ${html.length} characters of HTML`, limit: true };
    if (isDeeper(html, limits.depth)) return { words: "it is nested too deeply", limit: true };
    return { html: output ? html : "" };
  } catch (error) {
    if (error === outOfTokens) {
      return { words: `it has more than ${limits.tokens} parts, those of its macros included`, limit: true };
    }
    if (!(error instanceof katex.ParseError)) {
      return { words: "it is nested too deeply, or its macros expand without end", limit: true };
    }
    const words = error.rawMessage;
    if (words.startsWith("Too many expansions")) {
      return { words: "its macros expand without end", limit: true };
    }
    return { words, position: positionOf(error, tex) };
  }
}

function configure(settings) {
  limits = { ...settings, named: new Set(settings.classes) };
}

// The outcomes of the first formulas of a batch: of all, unless their HTML is longer than an
// answer may be.
function answer(batch) {
  const { formulas, macros, output } = JSON.parse(batch);
  outcomes = [];
  let length = 0;
  for (const [tex, isDisplay] of formulas) {
    const outcome = typesetOne(tex, isDisplay, macros, output);
    outcomes.push(outcome);
    length += outcome.html?.length ?? 0;
    if (length > limits.answer) break;
  }
  return answered(false);
}

function answered(isSlow) {
  return JSON.stringify({ outcomes, slow: isSlow });
}

// KaTeX's HTML with half of its elements, each glyph and each line where they were: a browser
// styles and lays out every element again at each side of a card.

const { Span, SymbolNode } = katex.__domTree;

const em = (number) => `${+number.toFixed(4)}em`;
const ems = (length) => parseFloat(length || "0");

// The tree that KaTeX typesets, made smaller in place. ``named`` are the classes that its
// stylesheet names.
function compacted(tree, named) {
  if (tree.classes.includes("katex-html")) {
    tree.children = tree.children.flatMap((child) => replacement(child, tree, named));
  } else if (tree.classes.includes("katex-mathml")) {
    tree.children.forEach(dropSource);
  } else {
    tree.children.filter((child) => child instanceof Span).forEach((child) => compacted(child, named));
  }
  return tree;
}

// The TeX itself goes: here it is text of the card; ``resolve`` writes it into an attribute. So
// does what HTML needs no MathML to say (MathML Core, 3.1 and 3.3): a row in <math> is one anyway.
function dropSource(math) {
  const [row] = math.children[0].children; // of <semantics>; the other is the TeX
  const isBareRow = row.type === "mrow" && isEmpty(row.attributes) && row.classes.length === 0;
  math.children = isBareRow ? row.children : [row];
  delete math.attributes.xmlns;
}

// The nodes that stand in the place of one.
function replacement(node, parent, named) {
  if (!(node instanceof Span || node instanceof SymbolNode)) return [node];
  node.classes = node.classes.filter((name) => named.has(name));
  if (node instanceof SymbolNode) return [node];
  // The second of a part's two children is a box, and stays one where it holds several nodes.
  const isPart = parent.classes.includes("vlist");
  const children = [];
  for (const child of node.children) {
    const nodes = replacement(child, node, named);
    if (isPart && nodes.length > 1) children.push(child);
    else for (const each of nodes) children.push(each);
  }
  node.children = children;
  if (node.classes.includes("vlist-t")) return [stack(node)];
  if (isAroundScript(node)) return node.children;
  if (isPlain(node) && node.classes.length === 0 && !isHolder(parent)) return node.children;
  return [withoutInner(node)];
}

const isPlain = (node) => isEmpty(node.style) && isEmpty(node.attributes);

function isEmpty(values) {
  for (const _ in values) return false;
  return true;
}

// A rule of the stylesheet is about the children of these, or they are boxes beside each other.
const holders = new Set(["vlist", "katex-inner", "katex-vbox", "katex-thinbox", "delim-size1", "delim-size4"]);
const isHolder = (node) => node.classes.some((name) => holders.has(name));

// A size and its only symbol in one element.
function withoutInner(node) {
  const [symbol, ...others] = node.children;
  if (others.length || !(symbol instanceof SymbolNode) || !isText(node) || isSized(symbol)) return node;
  if (symbol.italic > 0 || Object.keys(symbol.style).length > 0) return node;
  node.classes.push(...symbol.classes.splice(0));
  return node;
}

// One box for KaTeX's table of one or two rows, the second for the depth. The parts are lines
// without height on top of each other; they begin where the baseline around the box is, and
// their own baseline, which is the box's, is a strut further down (CSS 2.2, 10.8.1).
function stack(table) {
  const [over, under] = table.children;
  const parts = over.children[0].children;
  const strut = ems(parts[0].children[0].style.height);
  const line = parts.length === 1 && !isSized(table) && lineMoved(parts[0], strut);
  if (line) return line;
  const style = { verticalAlign: em(-strut) };
  const height = ems(over.children[0].style.height);
  if (height > 0) style.paddingTop = em(height);
  if (under) style.height = em(ems(under.children[0].style.height));
  const own = table.classes.filter((name) => !name.startsWith("vlist"));
  return new Span([...own, "vlist-t", "vlist"], parts, undefined, style);
}

// A script that is alone and no more than a line: moved from where it stands, without a box. The
// strut of the formula makes room for it.
function lineMoved(part, strut) {
  const line = part.children[1];
  if (part.classes.length > 0 || !isSized(line) || !isLine(line)) return null;
  const scale = scaleOf(line);
  const style = { top: em((ems(part.style.top) + strut) / scale) };
  for (const side of ["marginLeft", "marginRight"]) {
    if (ems(part.style[side])) style[side] = em(ems(part.style[side]) / scale);
  }
  return new Span([...line.classes, moved], line.children, undefined, style);
}

const moved = "cw-script";
const isMoved = (node) => node instanceof Span && node.classes.includes(moved);

const isAroundScript = ({ classes, children }) =>
  classes.includes("msupsub") && children.length === 1 && isMoved(children[0]);

// Whether a node is as high as its line at most.
function isLine(node) {
  if (node instanceof SymbolNode) return !isSized(node);
  if (!(node instanceof Span)) return false;
  if (isMoved(node) || node.classes.includes("mspace")) return true;
  return isText(node) && isPlain(node) && scaleOf(node) <= 1 && node.children.every(isLine);
}

const isSized = (node) => node?.classes?.includes("katex-sizing") ?? false;

// Whether an element does no more than to set size and font of what is in it.
const isText = (node) => isSized(node) && node.classes.every((name) => textual.test(name));
const textual = /^(katex-sizing|(reset-)?size\d+|(math|text|ams|main)\w+)$/;

// KaTeX's eleven sizes, in the em of its sixth.
const sizes = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];

// How large the text of a sized element is beside the text around it.
function scaleOf(node) {
  const [from, to] = ["reset-size", "size"].map((prefix) => {
    const name = node.classes.find((each) => each.startsWith(prefix));
    return sizes[name.slice(prefix.length) - 1];
  });
  return to / from;
}

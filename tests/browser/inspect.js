// What is wrong with the cards, looked at one after the other as Anki shows them.
// The page has the body of a card and an element #qa. inspectSides takes pairs of a style and the
// sides that have it: objects with name, html and has_hidden_tex.

const channels = (colour) => {
  const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
  return { rgb: [r, g, b], a };
};

const over = (top, a, below) => top.map((c, i) => a * c + (1 - a) * below[i]);

// The colour behind an element: the grounds of all around it, each laid over the one below.
const groundOf = (element) => {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.unshift(getComputedStyle(e));
  return layers.reduce((below, layer) => {
    const { rgb, a } = channels(layer.backgroundColor);
    return over(rgb, a, below);
  }, [255, 255, 255]);
};

const opacityOf = (element) => {
  let opacity = 1;
  for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
  return opacity;
};

const luminance = (rgb) =>
  rgb
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);

// From 1 to 21, as WCAG 2.1 defines it.
const contrastOf = (element) => {
  const ground = groundOf(element);
  const { rgb, a } = channels(getComputedStyle(element).color);
  const ink = over(rgb, a * opacityOf(element), ground);
  const [dark, bright] = [luminance(ink), luminance(ground)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
};

// Every text that is seen: { text, element, size, contrast }.
const seenTexts = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    const isUnseen = element.closest("style, .katex-mathml, mjx-assistive-mml");
    if (!text || isUnseen || !element.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    found.push({ text: text.slice(0, 40), element, size, contrast: contrastOf(element) });
  }
  return found;
};

const activeOf = (element) => {
  const names = [...element.attributes].map((attribute) => attribute.name);
  const isActive =
    /^(SCRIPT|IFRAME|OBJECT|EMBED|FORM|LINK|META|BASE)$/.test(element.tagName) ||
    names.some((name) => name.startsWith("on")) ||
    /^\s*(javascript|vbscript|data):/i.test(element.getAttribute("href") ?? "");
  return isActive ? [element.outerHTML.slice(0, 80)] : [];
};

const tapTargets = () => [
  ...document.querySelectorAll("#qa summary, #qa .cw-source a, #qa .cw-missing a"),
];

const TEX = /\\[a-zA-Z()[\]]|\$\$|\$[^\s\d]/;

const wrongWithTexts = (isTexAllowed) => {
  const wrong = [];
  for (const { text, element, size, contrast } of seenTexts()) {
    const isMathML = element.closest("math") !== null;
    const isScript = element.closest("sub, sup, .katex, mjx-container") !== null;
    if (contrast < 4.5 && !isMathML) wrong.push(`contrast ${contrast.toFixed(2)} of '${text}'`);
    if (size < 12 && !isScript) wrong.push(`${size} px of '${text}'`);
    const isCode = element.closest("code, pre, kbd, samp") !== null;
    if (!isTexAllowed && !isCode && TEX.test(text)) wrong.push(`raw TeX '${text}'`);
  }
  return wrong;
};

const wrongWithWidth = (state) => {
  const width = document.scrollingElement.scrollWidth;
  const parts = [...document.querySelectorAll("#qa .cw-question, #qa .cw-answer")];
  // A formula in a line of a list has nothing around it that could scroll instead.
  const scrolled = parts.filter((e) => e.scrollWidth > e.clientWidth && !e.querySelector("li .katex"));
  return [
    ...(width > innerWidth ? [`${width} px wide with ${state} sections`] : []),
    ...scrolled.map((e) => `a part of ${e.scrollWidth} px scrolls as a whole`),
  ];
};

// What is longer, or scrolls sideways further, than a deck allows; limits may be null.
const wrongWithSize = (limits) => {
  if (limits === null) return [];
  const height = document.scrollingElement.scrollHeight;
  const wrong = height > limits.height ? [`${height} px high`] : [];
  for (const element of document.querySelectorAll("#qa .cw-answer *, #qa .cw-question *")) {
    const hidden = element.scrollWidth - element.clientWidth;
    if (hidden > limits.sideways && /auto|scroll/.test(getComputedStyle(element).overflowX)) {
      wrong.push(`${hidden} px to scroll sideways in '${element.textContent.trim().slice(0, 40)}'`);
    }
  }
  return wrong;
};

const wrongNow = (isTexAllowed) => {
  const wrong = wrongWithWidth("its");
  for (const details of document.querySelectorAll("#qa details")) details.open = true;
  wrong.push(...wrongWithWidth("open"), ...wrongWithTexts(isTexAllowed));
  for (const target of tapTargets()) {
    const { width, height } = target.getBoundingClientRect();
    if (width < 44 || height < 44) wrong.push(`${width} × ${height} px to tap: '${target.innerText}'`);
  }
  if (!isTexAllowed) {
    const formulas = [...document.querySelectorAll("#qa .katex-error, #qa .cw-tex")];
    wrong.push(...formulas.map((e) => `formula not typeset '${e.textContent}'`));
  }
  for (const image of document.images) {
    if (!image.complete || !image.naturalWidth) wrong.push(`broken image '${image.src}'`);
    if (!image.hasAttribute("alt")) wrong.push(`no alternative text of '${image.src}'`);
  }
  for (const element of document.querySelectorAll("#qa *")) {
    wrong.push(...activeOf(element).map((tag) => `active content ${tag}`));
  }
  return wrong;
};

// Set a style, and wait for what it imports.
const useStyle = (text) =>
  new Promise((resolve) => {
    const element = document.createElement("style");
    element.id = "style";
    element.onload = resolve;
    element.onerror = resolve;
    element.textContent = text;
    document.getElementById("style").replaceWith(element);
  });

const inspectSides = async (styles, isTexAllowed, limits) => {
  const found = [];
  const qa = document.getElementById("qa");
  for (const [style, sides] of styles) {
    await useStyle(style);
    for (const side of sides) {
      qa.innerHTML = side.html;
      await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
      if (document.fonts.status === "loading") await document.fonts.ready;
      const isAllowed = isTexAllowed || side.has_hidden_tex;
      const wrong = [...wrongWithSize(limits), ...wrongNow(isAllowed)];
      found.push(...wrong.map((words) => `${side.name}: ${words}`));
    }
  }
  const fonts = [...document.fonts].filter((font) => font.status === "error");
  return [...found, ...fonts.map((font) => `font '${font.family}' does not load`)];
};

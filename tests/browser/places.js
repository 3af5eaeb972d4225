// Where each sign, line and picture of the formulas is, in CSS pixels from its formula's place.

const drawn =
  "svg, .frac-line, .katex-rule, .katex-hline, .katex-hdashline, .overline-line, .underline-line, " +
  ".fbox, .fcolorbox, .vertical-separator, .katex-sout, .angl, [style*=background], [style*=border]";

function placesOf(formula) {
  const start = formula.querySelector(".start").getBoundingClientRect();
  const from = ({ left, top, width, height }) => [left - start.left, top - start.top, width, height];
  const places = [];
  const texts = document.createTreeWalker(formula, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const { fontFamily, fontStyle, fontWeight, fontSize, color } = getComputedStyle(text.parentElement);
    const look = [fontFamily, fontStyle, fontWeight, fontSize, color].join();
    for (let at = 0; at < text.length; at += 1) {
      if (/[\u200b\s]/.test(text.data[at])) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      places.push([`${text.data[at]} in ${look}`, ...from(range.getBoundingClientRect())]);
    }
  }
  for (const element of formula.querySelectorAll(drawn)) {
    places.push([element.tagName, ...from(element.getBoundingClientRect())]);
  }
  places.push(["end", ...from(formula.querySelector(".end").getBoundingClientRect())]);
  places.push(["all", ...from(formula.getBoundingClientRect())]);
  return places;
}

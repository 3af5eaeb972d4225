// What the theme leaves out: a keyboard can scroll a wide table, and each copy button has a name.
document.addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) table.tabIndex = 0;
  const name = (nav, at) => nav.setAttribute("aria-label", `Code block ${at + 1}`);
  const find = () => document.querySelectorAll(".md-code__nav").forEach(name);
  find();
  new MutationObserver(find).observe(document.body, { childList: true, subtree: true });
});

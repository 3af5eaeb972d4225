// Runs beside a card, in a frame that shares nothing with the page. Reports keys and the scroll
// position to the page, and restores the position after a change.
(() => {
  const folds = () => [...document.querySelectorAll("details")];
  const tell = (message) => parent.postMessage({ card: message }, "*");
  const place = () => ({ top: scrollY, open: folds().map((fold) => fold.open) });
  const ours = [" ", "Enter", "1", "2", "3", "4", "ArrowLeft", "ArrowRight"];
  const moved = () => tell({ place: place() });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isControl = event.target.closest && event.target.closest("summary, a, audio, video");
    if (isControl && (event.key === " " || event.key === "Enter")) return;
    if (ours.includes(event.key)) event.preventDefault();
    tell({ key: event.key });
  });
  addEventListener("scroll", moved, { passive: true });
  addEventListener("toggle", moved, true);
  addEventListener("message", (event) => {
    if (event.source !== parent) return;
    const { classes, root, at, by, html, number } = event.data;
    if (html !== undefined) document.getElementById("qa").innerHTML = html; // does not run scripts
    if (by !== undefined) scrollBy(0, by);
    if (classes !== undefined) document.body.className = classes;
    if (root !== undefined) document.documentElement.className = root;
    if (!at) return;
    const now = folds();
    if (now.length === at.open.length) now.forEach((fold, i) => (fold.open = at.open[i]));
    scrollTo(0, at.top);
    tell({ isPlaced: true, number });
  });
  addEventListener("load", () => tell({ isLoaded: true }));
})();

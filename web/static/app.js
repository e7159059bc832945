// OnRecord works without this file. It adds: keys (/ j k), copy buttons. No library, no storage but one choice.
"use strict";
(() => {
  const KEY = "onrecord.shortcuts";
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  let shortcuts = stored() !== "off";

  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

  const button = document.querySelector("[data-shortcuts]");
  const say = () => {
    if (!button) return;
    button.textContent = `Keyboard shortcuts: ${shortcuts ? "on" : "off"}`;
    button.setAttribute("aria-pressed", String(shortcuts));
  };
  button?.addEventListener("click", () => {
    shortcuts = !shortcuts;
    try { localStorage.setItem(KEY, shortcuts ? "on" : "off"); } catch { /* a private window keeps nothing */ }
    say();
  });
  say();

  const cards = () => [...document.querySelectorAll("[data-card]")];
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const go = (step) => {
    const all = cards();
    if (!all.length) return;
    const at = all.findIndex((card) => card.contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    next.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    next.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  };
  document.addEventListener("keydown", (event) => {
    if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "/") {
      const box = document.querySelector("[data-search]");
      if (!box) return;
      event.preventDefault();
      box.focus();
    }
  });

  for (const copier of document.querySelectorAll("[data-copy]")) {
    copier.addEventListener("click", async () => {
      const label = copier.textContent;
      const text = document.querySelector(copier.dataset.copy).textContent.trim();
      try {
        await navigator.clipboard.writeText(text);
        copier.textContent = "Copied";
      } catch {
        copier.textContent = "Select and copy by hand";
      }
      setTimeout(() => { copier.textContent = label; }, 2000);
    });
  }

  document.querySelector("#problems")?.focus();
})();

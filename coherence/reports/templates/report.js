"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  all(".needs-script").forEach((part) => { part.hidden = false; });

  // A link into a closed list opens it.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper shows what the screen can show: everything is open while printing.
  let opened = [];
  const open = () => { opened = all("details:not([open])"); opened.forEach((part) => { part.open = true; }); };
  const close = () => { opened.forEach((part) => { part.open = false; }); opened = []; document.body.classList.remove("brief-only"); };
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
  all("[data-print]").forEach((button) => button.addEventListener("click", () => {
    document.body.classList.toggle("brief-only", button.dataset.print === "brief");
    print();
  }));

  const form = document.getElementById("filter");
  if (!form) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const cards = all(".finding").map((node) => ({ node, text: plain(node.textContent + " " + (node.closest(".rule")?.querySelector("h4")?.textContent ?? "")) }));
  const status = form.querySelector("[role=status]");
  const apply = () => {
    const wanted = plain(form.words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { node, text } of cards) {
      const fits = wanted.every((word) => text.includes(word))
        && (!form.kind.value || node.dataset.kind === form.kind.value)
        && (!form.pair.value || node.dataset.pair === form.pair.value)
        && (!form.severity.value || Number(node.dataset.severity) <= Number(form.severity.value));
      node.hidden = !fits;
      shown += fits;
    }
    const active = wanted.length > 0 || form.kind.value || form.pair.value || form.severity.value;
    for (const group of all(".rule")) {
      const some = group.querySelector(".finding:not([hidden])") !== null;
      group.hidden = !some;
      if (active && some) group.open = true;
    }
    for (const section of all(".kind-section")) section.hidden = Boolean(active) && !section.querySelector(".finding:not([hidden])");
    status.textContent = status.dataset.template.replace(/##|#/g, (mark) => (mark === "##" ? cards.length : shown));
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  all("[data-filter-kind]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    form.kind.value = link.dataset.filterKind;
    form.pair.value = link.dataset.filterPair;
    setTimeout(() => { apply(); document.getElementById("findings").scrollIntoView(); form.kind.focus({ preventScroll: true }); });
  }));
  // A link to a finding that the filter hides shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) { form.reset(); setTimeout(() => { apply(); reveal(); }); }
  });
  apply();
})();

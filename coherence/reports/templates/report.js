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

  // Paper shows what the screen can show; the conditions of rules and the table of all commitments only when asked for.
  let opened = [];
  const open = () => {
    const kept = document.body.classList.contains("print-all") ? "" : ":not(.why):not(.advice):not(.basis-words):not(.supporting)";
    opened = all(`details:not([open])${kept}`);
    opened.forEach((part) => { part.open = true; });
  };
  const close = () => { opened.forEach((part) => { part.open = false; }); opened = []; document.body.classList.remove("brief-only", "print-all"); };
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
  all("[data-print]").forEach((button) => button.addEventListener("click", () => {
    document.body.classList.toggle("brief-only", button.dataset.print === "brief");
    document.body.classList.toggle("print-all", button.dataset.print === "all");
    print();
  }));

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Hides the entries that do not hold every word of the form or that `fits` refuses, and the groups left empty.
  const filterBy = (form, entries, groups, wordsOf, fits, active) => {
    const texts = entries.map((node) => plain(`${wordsOf(node)} ${node.closest("details")?.querySelector("summary")?.textContent ?? ""}`));
    const status = form.querySelector("[role=status]");
    const apply = () => {
      const wanted = plain(form.words.value).split(/\s+/).filter(Boolean);
      const count = (nodes) => nodes.reduce((sum, node) => sum + Number(node.dataset.count ?? 1), 0);
      entries.forEach((node, index) => {
        node.hidden = !(wanted.every((word) => texts[index].includes(word)) && fits(node));
      });
      const shown = count(entries.filter((node) => !node.hidden));
      const narrowed = wanted.length > 0 || active();
      for (const group of groups) {
        const some = entries.some((node) => !node.hidden && group.contains(node));
        group.hidden = narrowed && !some;
        if (narrowed && some && group.tagName === "DETAILS") group.open = true;
      }
      status.textContent = status.dataset.template.replace(/##|#/g, (mark) => (mark === "##" ? count(entries) : shown));
    };
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
    return apply;
  };

  const search = document.getElementById("filter-commitments");
  const cells = (row) => [...row.cells].slice(0, -1).map((cell) => cell.textContent).join(" ");
  if (search) filterBy(search, all(".commitments tbody tr"), all("details.document"), cells, () => true, () => false);

  const form = document.getElementById("filter");
  const apply = form && filterBy(
    form,
    all(".finding"),
    all(".hub, .rule, .kind-section"),
    (node) => `${node.textContent} ${node.closest(".hub")?.querySelector(".common")?.textContent ?? ""}`,
    (node) => (!form.kind.value || node.dataset.kind === form.kind.value)
      && (!form.pair.value || node.dataset.pair.split(" ").includes(form.pair.value))
      && (!form.severity.value || Number(node.dataset.severity) <= Number(form.severity.value)),
    () => Boolean(form.kind.value || form.pair.value || form.severity.value),
  );
  all("[data-filter-kind]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    form.kind.value = link.dataset.filterKind;
    form.pair.value = link.dataset.filterPair;
    setTimeout(() => { apply(); document.getElementById("findings").scrollIntoView(); form.kind.focus({ preventScroll: true }); });
  }));

  // A link to something that a filter hides shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    (target.closest("#findings") ? form : search)?.reset();
    setTimeout(reveal, 20);
  });
})();

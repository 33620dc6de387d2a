// Sorting and filtering. Without it the page is all there, in the order of the report.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // Everything that is read is read before anything is written: so a browser lays the page out once.
  const RANKS = ["red", "amber", "needs-rescore", "not-assessed", "green", "not-applicable"];
  const words = (element) => element.textContent.trim().replace(/\s+/g, " ");
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const keyOf = (cell) => {
    if (!cell) return "";
    if (cell.dataset.sort !== undefined) return cell.dataset.sort;
    if (cell.dataset.status) return String(RANKS.indexOf(cell.dataset.status));
    const text = words(cell);
    return text === "–" ? "" : text;
  };
  const number = (key) => (/^-?\d+(\.\d+)?$/.test(key) ? Number(key) : NaN);
  const compare = (one, other) => {
    const difference = number(one) - number(other);
    return Number.isNaN(difference) ? collator.compare(one, other) : difference;
  };

  const sort = (table, th, column) => {
    const descending = th.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    th.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column]) }));
    rows.sort((one, other) => {
      // What has no value comes last in either order.
      if (one.key === "" || other.key === "") return (one.key === "") - (other.key === "");
      return descending ? compare(other.key, one.key) : compare(one.key, other.key);
    });
    body.append(...rows.map(({ row }) => row));
  };

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows].at(-1).cells;
    [...heads].forEach((th, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...th.childNodes);
      th.append(button);
      button.addEventListener("click", () => sort(table, th, column));
    });
  }

  for (const field of document.querySelectorAll("input[data-filter-for]")) {
    const table = document.getElementById(field.dataset.filterFor);
    const count = document.querySelector(`[data-filter-count-for="${field.dataset.filterFor}"]`);
    const followers = document.querySelectorAll(`[data-follows="${field.dataset.filterFor}"] > [data-key]`);
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: words(row).toLowerCase() }));
    const filter = () => {
      const wanted = field.value.trim().replace(/\s+/g, " ").toLowerCase();
      const left = new Set();
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !text.includes(wanted);
        if (row.hidden) continue;
        shown += 1;
        left.add(row.dataset.key);
      }
      for (const follower of followers) follower.hidden = !left.has(follower.dataset.key);
      count.textContent = wanted === "" ? "" : `${shown} of ${rows.length} shown`;
    };
    field.addEventListener("input", filter);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      field.value = "";
      filter();
    });
    // A browser may bring back what was typed before.
    filter();
  }

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  // The table of contents says where one is.
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target.id);
      else seen.delete(target.id);
    }
    let first = true;
    for (const [id, link] of links) {
      if (seen.has(id) && first) {
        link.setAttribute("aria-current", "true");
        first = false;
      } else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-15% 0px -60% 0px" });
  for (const id of links.keys()) observer.observe(document.getElementById(id));
})();

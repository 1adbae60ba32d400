"use strict";
(() => {
  const form = document.getElementById("search");
  const input = document.getElementById("words");
  const message = form.querySelector("output");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(".item")];
  const texts = items.map((item) => plain(item.textContent.replace(/\s+/g, " ")));
  const groups = [...document.querySelectorAll(".group")];
  const headings = new Map(
    [...document.querySelectorAll(".card")].map((card) => [card, plain(card.querySelector("h4").textContent)])
  );

  const filter = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    items.forEach((item, place) => {
      const text = (headings.get(item.parentElement) ?? "") + " " + texts[place];
      item.hidden = !words.every((word) => text.includes(word));
      found += item.hidden ? 0 : 1;
    });
    for (const group of groups) group.hidden = !group.querySelector(".item:not([hidden])");
    document.getElementById("how").hidden = words.length > 0;
    message.textContent = !words.length ? "" : !found ? form.dataset.none
      : form.dataset.found.replace("{found}", found).replace("{all}", items.length);
  };
  const show = () => { filter(); if (input.value) document.getElementById("content").scrollIntoView(); };
  const clear = () => { input.value = ""; filter(); };

  let waiting;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 150); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("reset", () => { clear(); input.focus(); });
  /* A link to what the search has hidden: the reader wants to see it, so the search gives way. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (target && target.closest("[hidden]")) clear();
  });
  addEventListener("popstate", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) { clear(); target.scrollIntoView(); }
  });
  form.hidden = false;
  if (matchMedia("(max-width: 61.99rem)").matches) document.querySelector("nav details").open = false;
  if (input.value) filter();
})();

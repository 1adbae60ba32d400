// What Streamlit has no setting for: its own words in Dutch, names for groups of answers, and where the reader is
// after a page change. Same origin, no dependency; changes text only, so that React keeps its nodes.
(() => {
  const WORDS = {
    "Skip to main content": "Naar de inhoud", "Sidebar": "Zijbalk", "App pages": "Pagina's", "Main menu": "Menu",
    "Link to heading": "Link naar deze kop", "Help": "Uitleg", "Open": "Openen", "Close": "Sluiten",
    "Decrement": "Verlagen", "Increment": "Verhogen", "Upload": "Bestand kiezen", "Browse files": "Bestand kiezen",
    "file upload": "Bestand kiezen", "upload": "Bestand kiezen", "Fullscreen": "Volledig scherm", "Close fullscreen": "Volledig scherm sluiten",
    "Show data": "Toon gegevens", "Download as PNG": "Opslaan als PNG", "Copy Vega-Lite spec": "Grafiekcode kopiëren",
    "Collapse sidebar": "Zijbalk inklappen", "Expand sidebar": "Zijbalk uitklappen", "progress": "Voortgang",
    "Press Enter to apply": "Druk op Enter om te bewaren", "Press Enter to submit form": "Druk op Enter om te beginnen",
    "Remove file": "Bestand weghalen", "Add files": "Bestanden toevoegen", "Copy to clipboard": "Kopiëren",
    "Error:": "Fout:", "Dismiss": "Sluiten", "Notifications": "Meldingen",
    "Page not found": "Pagina niet gevonden", "Connection error": "Geen verbinding", "CONNECTING": "VERBINDEN",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "De gevraagde pagina bestaat niet. Je ziet nu de startpagina.",
    "No results": "Niets gevonden", "Clear value": "Wissen", "Choose an option": "Kies",
    "Running...": "Bezig…", "Stop": "Stoppen", "Vega visualization": "Grafiek", "visualization": "grafiek",
    "axis": "as", "bar": "staaf", "tick": "streep",
  };
  const PATTERNS = [
    [/^Help for (.+)$/s, "Uitleg bij: $1"],
    [/^(\d+) options? available\.$/, "$1 keuzes."], [/^(.+), selected$/s, "$1, gekozen"],
    [/^Remove (.+)$/s, "$1 weghalen"],
    [/^Show data: (.+)$/s, "Toon gegevens: $1"],
    [/^Download as (PNG|SVG): (.+)$/s, "Opslaan als $1: $2"],
    [/^Copy Vega-Lite spec: (.+)$/s, "Grafiekcode kopiëren: $1"],
    [/^(?:Close fullscreen|Fullscreen): (.+)$/s, "Volledig scherm: $1"],
    [/^(\d+(?:\.\d+)?)MB per file/, "Ten hoogste $1 MB per bestand"],
    [/^(.+) files are not allowed\.$/, "$1-bestanden zijn niet toegestaan."],
    [/^File must be (\d+(?:\.\d+)?)MB or smaller\.$/, "Het bestand mag ten hoogste $1 MB zijn."],
    [/^Press (Ctrl|⌘)\+Enter to apply$/, "Druk op $1+Enter om te bewaren"],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-roledescription"];
  // Our own words and those of the user are never touched.
  const OURS = '[data-testid="stHtml"], [data-testid="stMarkdownContainer"], [data-testid="stText"], [data-testid="stMain"] table, textarea, ' +
    '[data-testid="stHeading"] h1, [data-testid="stHeading"] h2, [data-testid="stHeading"] h3';
  const ICON = '[data-testid="stIconMaterial"]'; // its text is the name of a picture
  const THEIRS = '[data-testid="stFileUploaderDropzone"]';
  const shell = document.documentElement.lang;

  // What to do when the server is away depends on what one has in hand; the words stand in the page (shell.py).
  const AWAY = "Streamlit server is not responding. Are you connected to the internet?";
  const away = () => {
    const place = document.querySelector(".st-key-page-vote") ? "phone" : document.querySelector(".st-key-presentation") ? "screen"
      : document.querySelector(".st-key-desk-room") ? "desk" : "other";
    return JSON.parse(getComputedStyle(document.documentElement).getPropertyValue(`--away-${place}`));
  };

  // The language chosen last holds for an address that names none.
  const named = new URLSearchParams(location.search).get("lang");
  try {
    const last = localStorage.getItem("lang");
    if (named) localStorage.setItem("lang", named);
    else if (last && last !== shell) {
      const address = new URL(location.href);
      address.searchParams.set("lang", last);
      location.replace(address);
    }
  } catch { /* a browser that keeps nothing */ }

  const translated = text => {
    const key = text.trim();
    if (key === AWAY) return away();
    if (shell !== "nl") return text;
    if (Object.hasOwn(WORDS, key)) return text.replace(key, WORDS[key]);
    for (const [pattern, to] of PATTERNS) if (pattern.test(key)) return key.replace(pattern, to);
    return text;
  };
  // Streamlit takes the name of a field from its label with the signs that keep Markdown away.
  const unescaped = node => {
    const name = node.getAttribute?.("aria-label");
    if (name?.includes("\\")) node.setAttribute("aria-label", name.replace(/\\([\\`*_{}[\]()#+\-.!|~<>$:&=@/^])/g, "$1"));
  };
  const translate = node => {
    unescaped(node);
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (!node.nodeValue.trim() || parent?.closest(ICON) || (parent?.closest(OURS) && !parent.closest(THEIRS))) return;
      const text = translated(node.nodeValue);
      if (text !== node.nodeValue) node.nodeValue = text;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of ATTRIBUTES) {
        const value = node.getAttribute(name);
        if (value && translated(value) !== value) node.setAttribute(name, translated(value));
      }
    }
  };

  const sizes = new ResizeObserver(() => completeGroups());
  // A question with several answers, or a saved assessment with its buttons, is one group with a name.
  const completeGroups = () => {
    for (const group of document.querySelectorAll('[class*="st-key-group-"]')) {
      const name = group.querySelector('.unseen, [data-testid="stMarkdownContainer"] p, [data-testid="stText"]')?.textContent;
      if (name && group.getAttribute("aria-label") !== name) {
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", name);
      }
    }
    // An error says to which field it belongs.
    const told = new Map();
    for (const error of document.querySelectorAll('[class*="st-key-error-for-"]')) {
      const name = [...error.classList].find(one => one.startsWith("st-key-error-for-")).replace("error-for-", "");
      const field = document.querySelector(`.${CSS.escape(name)} :is(input, textarea)`);
      if (!field) continue;
      error.id = `error-${name}`;
      told.set(field, error.id);
      if (field.getAttribute("aria-describedby") !== error.id) field.setAttribute("aria-describedby", error.id);
      if (field.getAttribute("aria-invalid") !== "true") field.setAttribute("aria-invalid", "true");
    }
    for (const field of document.querySelectorAll('[aria-describedby^="error-st-key-"]')) {
      if (told.has(field)) continue;
      field.removeAttribute("aria-describedby");
      field.setAttribute("aria-invalid", "false");
    }
    // What is to be chosen here is Dutch in every language.
    for (const field of document.querySelectorAll('[class*="st-key-dutch-"] [role="combobox"]')) {
      const list = document.getElementById(field.getAttribute("aria-controls"));
      if (list && list.lang !== "nl") list.lang = "nl";
    }
    // What scrolls inside its own frame can be reached with the keyboard.
    const frames = '[data-testid="stGraphVizChart"], [data-testid="stFileChips"] > div, [data-testid="stTable"] > div';
    for (const frame of document.querySelectorAll(frames)) {
      if (!frame.dataset.watched) {
        frame.dataset.watched = "yes";
        [frame, ...frame.children].forEach(part => sizes.observe(part));
      }
      const moves = frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1;
      if (moves && frame.tabIndex !== 0) frame.tabIndex = 0;
      else if (!moves && frame.tabIndex === 0) frame.removeAttribute("tabindex");
    }
  };

  // The language switch rewrites ?lang=; a new page then comes in that language as a whole.
  const followLanguage = () => {
    const wanted = new URLSearchParams(location.search).get("lang");
    if (wanted !== shell && ["nl", "en"].includes(wanted)) location.reload();
  };

  // One thing that a visitor does is at most one step back, however often the address changes until it is done.
  let acted = false;
  for (const act of ["pointerdown", "keydown", "click"]) addEventListener(act, () => { acted = true; }, true);
  addEventListener("popstate", () => { acted = false; }, true);
  const push = history.pushState;
  history.pushState = (...to) => {
    if (acted) push.apply(history, to);
    else history.replaceState(...to);
    acted = false;
  };

  // Another page or part begins at its heading, for the eye and for a screen reader.
  let heading = null;
  const begin = shown => {
    if (!shown) return;
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
  };
  const followHeading = () => {
    const shown = document.querySelector('[data-testid="stMain"] h1');
    if (!shown || shown.textContent === heading) return;
    if (heading !== null) {
      document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
      begin(shown);
    }
    heading = shown.textContent;
  };

  // On a narrow screen the menu lies over the page: then nothing under it can be reached, and Escape closes it.
  let chosen = false;
  const followMenu = () => {
    const menu = document.querySelector('[data-testid="stSidebar"]');
    const main = document.querySelector('[data-testid="stMain"]');
    if (!menu || !main) return;
    const away = menu.dataset.collapsed === "true";
    if (menu.inert !== away) menu.inert = away; // it lies beside the window, where Tab would still come
    const over = menu.dataset.collapsed === "false" && innerWidth <= 768;
    if (main.inert === over) return;
    main.inert = over;
    if (over) menu.querySelector("a, button")?.focus();
    else if (chosen) begin(main.querySelector("h1"));
    else if (document.activeElement === document.body || menu.contains(document.activeElement)) {
      document.querySelector('[data-testid="stExpandSidebarButton"]')?.focus();
    }
    chosen = false;
  };
  const closeMenu = () => {
    if (document.querySelector('[data-testid="stMain"]')?.inert) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };
  // Who chose a page there wants to see that page.
  addEventListener("click", event => {
    if (!document.querySelector('[data-testid="stMain"]')?.inert || !event.target.closest?.('[data-testid="stSidebarNav"] a')) return;
    chosen = true;
    setTimeout(closeMenu);
  });
  addEventListener("keydown", event => {
    if (event.key === "Escape") closeMenu();
  });
  addEventListener("resize", () => followMenu());

  // Where what had the focus goes away, as with what is deleted, the reader is at what is said of it.
  // What is drawn anew in its place, as a choice that is chosen, keeps it.
  let ways = [], places = [], place = null;
  addEventListener("focusin", event => {
    ways = [];
    places = [];
    place = [...(event.target.closest('[data-testid="stElementContainer"]')?.classList ?? [])].find(one => one.startsWith("st-key-"));
    for (let one = event.target; one; one = one.parentElement) {
      ways.push(one);
      places.push(...[...one.classList].filter(name => /^st-key-(?!page-)/.test(name)));
    }
  });
  const followFocus = () => {
    if (document.activeElement !== document.body || !ways.length || ways[0].isConnected) return;
    if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning") return;
    const again = place && document.querySelector(`.${CSS.escape(place)} :is(button, input, textarea, a):not(:disabled)`);
    if (again) return again.focus();
    const said = ways.find(one => one.isConnected)?.querySelector('[data-testid="stMain"] [data-testid="stAlert"]');
    ways = [];
    if (!said) { // of a comment that is taken away nothing is said: to the fold that it stood in
      const near = places.map(one => document.querySelector(`.${CSS.escape(one)} :is(summary, button, input, textarea, a):not(:disabled)`));
      return near.find(Boolean)?.focus();
    }
    said.tabIndex = -1;
    said.focus();
  };

  // What comes by itself, such as a new ballot, is told to who does not see it.
  const told = Object.assign(document.createElement("div"), { className: "unseen", role: "status" });
  const announce = () => {
    if (!told.isConnected) document.body?.append(told);
    const now = [...document.querySelectorAll('[class*="st-key-announce-"]')].map(one => one.textContent.trim()).join(" ");
    if (told.textContent !== now) told.textContent = now;
  };

  // In the scan Enter goes on from a choice, as in any form.
  addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.repeat || !event.target.matches?.('.st-key-page-scan :is([type="checkbox"], [type="radio"])')) return;
    document.querySelector(".st-key-scan-forward button:not(:disabled)")?.click();
  });

  // What is typed in a field that is saved is saved after a second of silence, and not lost by closing the window.
  const FIELDS = ':is([class*="st-key-question-"], [class*="st-key-action-"]) :is(textarea, input[type="text"], input[type="number"])';
  let unsaved = false, silence;
  addEventListener("input", event => {
    const field = event.target;
    if (!field.matches?.(FIELDS) || field.getAttribute("role") === "combobox") return;
    unsaved = true;
    clearTimeout(silence);
    if (field.tagName === "TEXTAREA") {
      silence = setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), 1000);
    }
  }, true);
  addEventListener("focusout", event => { if (event.target.matches?.(FIELDS)) unsaved = false; }, true);
  // Nor is what stands in a field with an error, or in one of which nothing is stored until a button is pressed there.
  const REFUSED = '[data-testid="stMain"] [aria-invalid="true"]';
  const TYPED = '[class*="st-key-typed-"] :is(textarea, input)';
  const typed = new Set();
  addEventListener("input", event => { if (event.target.matches?.(TYPED)) typed.add(event.target); }, true);
  addEventListener("click", event => { if (event.target.closest?.('[data-testid="stBaseButton-primary"]')) typed.clear(); }, true);
  const isLost = field => field.isConnected && field.value;
  addEventListener("beforeunload", event => {
    if (unsaved || document.querySelector(REFUSED) || [...typed].some(isLost)) event.preventDefault();
  });

  // Who would go on and stays on the page for an error is at that field.
  let going = false;
  addEventListener("click", event => { going = !!event.target.closest?.(".st-key-steps button, .st-key-chapters button"); }, true);
  const followError = () => {
    if (!going || document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning") return;
    going = false;
    document.querySelector(REFUSED)?.focus();
  };

  // In the presentation a clicker goes on and back. Who has walked to a button with the keyboard presses that one.
  const KEYS = { PageDown: "on", " ": "on", Enter: "on", PageUp: "back" };
  addEventListener("keydown", event => {
    const way = KEYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !document.querySelector(".st-key-presentation")) return;
    if (event.target.matches?.("input, textarea, select, summary, [role=combobox], :is(button, a):focus-visible")) return;
    event.preventDefault();
    if (!event.repeat) document.querySelector(`.st-key-present-${way} button:not(:disabled)`)?.click();
  }, true);

  const walk = root => {
    translate(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) translate(walker.currentNode);
  };
  new MutationObserver(changes => {
    followLanguage();
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else translate(change.target);
    }
    completeGroups();
    followHeading();
    followMenu();
    followFocus();
    followError();
    announce();
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...ATTRIBUTES, "data-collapsed", "data-test-script-state"],
  });
  addEventListener("DOMContentLoaded", () => walk(document.body));
})();

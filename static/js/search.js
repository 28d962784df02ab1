// Results while somebody types: the page's own address, asked for its results only.
const box = document.getElementById("q");
const found = document.getElementById("found");
const filters = document.getElementById("filters");
if (box && found) {
  const say = document.getElementById("announcer");
  const facets = document.getElementById("facets");
  const drawer = filters.closest("details");
  let waiting, asked, later;

  const part = async (name) => {
    const reply = await fetch(location.href, { headers: { "X-Fragment": name }, cache: "no-store" }).catch(() => null);
    return reply?.ok && !reply.redirected ? reply.text() : null;
  };

  // What the answer can be narrowed by takes ten times as long: asked for once typing rests, where it is seen.
  const narrow = async () => {
    if (!drawer.open) return;
    const instead = filters.querySelector("[name=filters]"); // stands there until the fields are wanted
    const fields = instead && (await part("filters"));
    if (fields && instead.isConnected) instead.outerHTML = fields;
    facets.innerHTML = (await part("facets")) ?? facets.innerHTML;
  };

  const ask = async () => {
    filters.elements.q.value = box.value.trim();
    const fields = [...new FormData(filters)].filter(([, value]) => value);
    const to = location.pathname + (fields.length ? `?${new URLSearchParams(fields)}` : "");
    const list = found.querySelector(".results");
    asked?.abort();
    clearTimeout(later);
    const { signal } = (asked = new AbortController());
    if (list) list.ariaBusy = "true";
    try {
      const reply = await fetch(to, { headers: { "X-Fragment": "results" }, cache: "no-store", signal });
      if (!reply.ok || reply.redirected) return location.assign(to);
      found.innerHTML = await reply.text();
      history.replaceState(null, "", to);
      document.getElementById("star").elements.next.value = to;
      document.dispatchEvent(new Event("reachable"));
      say.textContent = document.getElementById("count")?.textContent ?? "";
      later = setTimeout(narrow, 500);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (list) list.ariaBusy = null;
      document.dispatchEvent(new Event("unreachable"));
    }
  };

  box.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 40);
  };
  filters.onchange = ask;
  filters.onsubmit = box.form.onsubmit = (event) => !!event.submitter?.hasAttribute("formaction") || (ask(), false);
  drawer.ontoggle = narrow;
  narrow();
  if (box.value.trim() !== filters.elements.q.value) ask(); // typed before this script was here
}

// The map that the server drew: its dots can be reached by keyboard and light up with their rows; at a press it becomes
// one that can be moved and zoomed. The points come with the page; where the operator names a style of tiles, those lie
// beneath. Without this script, or WebGL, the drawn map stays, and its dots are links all the same.
const PLAIN = { version: 8, sources: {}, layers: [{ id: "land", type: "background", paint: { "background-color": "#e6f2f1" } }] };
const ROUTES = ["route-1", "#0b6e6e", "route-2", "#2458a6", "route-3", "#b3261e", "route-4", "#6b3fa0", "route-5", "#1f7a3f", "route-6", "#8a5a00"];
const COLOURS = ["match", ["get", "kind"], "here", "#e8a100", ...ROUTES, "#0b6e6e"];
const CLUSTERED = 60; // offices within so many pixels are shown as one, with their number
const digits = count => document.documentElement.lang === "en" ? String(count) : String(count).replace(/\d/g, digit => "۰۱۲۳۴۵۶۷۸۹"[digit]);
const keyed = (root, key) => [...root.querySelectorAll("[data-dot]")].filter(({ dataset }) => dataset.dot && dataset.dot === key);

for (const figure of document.querySelectorAll("figure.map")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn ghost live-map";
  button.textContent = figure.dataset.open;
  button.addEventListener("click", () => open(figure, button));
  figure.after(button);
  walk(figure);
}

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, ({ target }) => light(target.closest?.("[data-dot]")?.dataset.dot ?? ""));
}

function light(key) { // the dot and the row about the same
  for (const lit of document.querySelectorAll(".lit")) { lit.classList.remove("lit"); }
  for (const same of keyed(document, key)) { same.classList.add("lit"); }
  for (const { live } of document.querySelectorAll("figure.map")) {
    if (live?.getLayer("lit")) { live.setFilter("lit", ["==", ["get", "key"], key || "-"]); }
  }
}

function walk(figure) { // one stop for the keyboard; the arrows go from dot to dot
  const links = [...figure.querySelectorAll("svg a")];
  links[0]?.setAttribute("tabindex", "0");
  figure.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = links.indexOf(document.activeElement);
    if (!step || at < 0) { return; }
    const next = links[(at + step + links.length) % links.length];
    links[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    event.preventDefault();
  });
}

async function open(figure, button) {
  button.disabled = true;
  try {
    await load(figure.dataset.library);
    draw(figure);
    button.remove();
  } catch {
    button.replaceWith(Object.assign(document.createElement("p"), { className: "small", textContent: figure.dataset.closed }));
  }
}

function load(source) {
  document.head.insertAdjacentHTML("beforeend", `<link rel="stylesheet" href="${source}.css">`);
  return new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: `${source}-csp.js`, onload: done, onerror: failed });
    document.head.append(script);
  });
}

function draw(figure) {
  const { maplibregl } = window;
  maplibregl.setWorkerUrl(`${figure.dataset.library}-csp-worker.js`);
  const drawn = figure.querySelector("svg");
  const place = Object.assign(document.createElement("div"), { className: "live" });
  drawn.before(place);
  const [west, south, east, north] = figure.dataset.map.split(",").map(Number);
  let map;
  try {
    map = new maplibregl.Map({ container: place, style: figure.dataset.style || PLAIN, bounds: [west, south, east, north], attributionControl: false });
  } catch (refused) {
    place.remove();
    throw refused;
  }
  place.setAttribute("aria-label", drawn.getAttribute("aria-label"));
  drawn.remove();
  figure.live = map;
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  const features = JSON.parse(figure.querySelector("script").textContent);
  map.on("load", () => fill(map, features));
  for (const town of features.towns) { // names as HTML: the browser shapes Persian rightly
    const name = Object.assign(document.createElement("span"), { className: "town-name", textContent: town.name });
    new maplibregl.Marker({ element: name }).setLngLat([town.lon, town.lat]).addTo(map);
  }
}

function fill(map, features) {
  const collection = kinds => ({ type: "FeatureCollection", features: features.features.filter(kinds) });
  const isOffice = ({ properties }) => properties.kind === "office";
  map.addSource("offices", { type: "geojson", data: collection(isOffice), cluster: true, clusterRadius: CLUSTERED, clusterMaxZoom: 12 });
  map.addSource("others", { type: "geojson", data: collection(feature => !isOffice(feature)) });
  const lines = (id, filter, paint) => map.addLayer({ id, type: "line", source: "others", filter: ["all", ["==", ["geometry-type"], "LineString"], filter], paint });
  lines("outline", ["==", ["get", "kind"], "outline"], { "line-width": 1, "line-color": "#57676c", "line-opacity": .6 });
  lines("ways", ["!=", ["get", "kind"], "outline"], { "line-width": 2.5, "line-color": COLOURS, "line-opacity": .7 });
  const dots = (id, source, filter, paint) => map.addLayer({ id, type: "circle", source, filter, paint });
  const look = { "circle-radius": 6, "circle-color": COLOURS, "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 };
  dots("single", "offices", ["!", ["has", "point_count"]], look);
  dots("points", "others", ["==", ["geometry-type"], "Point"], look);
  dots("lit", "offices", ["==", ["get", "key"], "-"], { ...look, "circle-radius": 9, "circle-stroke-color": "#e8a100", "circle-stroke-width": 4 });
  for (const layer of ["single", "points"]) { respond(map, layer); }
  const shown = new Map();
  map.on("render", () => count(map, shown));
}

function respond(map, layer) {
  const popup = new window.maplibregl.Popup({ closeButton: false, closeOnClick: false });
  map.on("click", layer, ({ features: [{ properties }] }) => { if (properties.href) { location.href = properties.href; } });
  map.on("mouseenter", layer, ({ features: [{ properties, geometry }] }) => {
    map.getCanvas().style.cursor = properties.href ? "pointer" : "";
    popup.setLngLat(geometry.coordinates).setText(properties.label).addTo(map);
    light(properties.key);
  });
  map.on("mouseleave", layer, () => {
    map.getCanvas().style.cursor = "";
    popup.remove();
    light("");
  });
}

function count(map, shown) { // how many offices stand in one dot, in the reader's digits
  if (!map.isSourceLoaded("offices")) { return; }
  const now = new Map(map.querySourceFeatures("offices", { filter: ["has", "point_count"] }).map(feature => [feature.properties.cluster_id, feature]));
  for (const [id, marker] of shown) {
    if (!now.has(id)) {
      marker.remove();
      shown.delete(id);
    }
  }
  for (const [id, { properties, geometry }] of now) {
    if (shown.has(id)) { continue; }
    const element = Object.assign(document.createElement("button"), { type: "button", className: "many", textContent: digits(properties.point_count) });
    element.addEventListener("click", async () => map.easeTo({ center: geometry.coordinates, zoom: await map.getSource("offices").getClusterExpansionZoom(id) }));
    shown.set(id, new window.maplibregl.Marker({ element }).setLngLat(geometry.coordinates).addTo(map));
  }
}

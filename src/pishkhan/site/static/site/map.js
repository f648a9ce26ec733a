// Turns the map that the server drew into one that can be moved and zoomed. The points come with the page; where the
// operator names a style of tiles, those lie beneath. Without this script, or WebGL, the drawn map stays.
const PLAIN = { version: 8, sources: {}, layers: [{ id: "land", type: "background", paint: { "background-color": "#e6f2f1" } }] };
const ROUTES = ["route-1", "#0b6e6e", "route-2", "#2458a6", "route-3", "#b3261e", "route-4", "#6b3fa0", "route-5", "#1f7a3f", "route-6", "#8a5a00"];
const COLOURS = ["match", ["get", "kind"], "here", "#e8a100", ...ROUTES, "#0b6e6e"];

for (const figure of document.querySelectorAll("figure.map")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn ghost live-map";
  button.textContent = figure.dataset.open;
  button.addEventListener("click", () => open(figure, button));
  figure.after(button);
}

async function open(figure, button) {
  button.disabled = true;
  try {
    await load(figure.dataset.library);
    draw(figure);
    button.remove();
  } catch {
    button.disabled = false;
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
  const place = Object.assign(document.createElement("div"), { className: "live" });
  const drawn = figure.querySelector("svg");
  place.style.height = `${drawn.getBoundingClientRect().height}px`;
  drawn.replaceWith(place);
  const [west, south, east, north] = figure.dataset.map.split(",").map(Number);
  const map = new maplibregl.Map({ container: place, style: figure.dataset.style || PLAIN, bounds: [west, south, east, north], attributionControl: false });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  const features = JSON.parse(figure.querySelector("script").textContent);
  map.on("load", () => {
    map.addSource("points", { type: "geojson", data: features });
    map.addLayer({ id: "ways", type: "line", source: "points", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-width": 2.5, "line-color": COLOURS, "line-opacity": .7 } });
    map.addLayer({ id: "points", filter: ["==", ["geometry-type"], "Point"], type: "circle", source: "points", paint: { "circle-radius": 6, "circle-color": COLOURS, "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 } });
    map.on("click", "points", ({ features: [{ properties }] }) => { if (properties.href) { location.href = properties.href; } });
    map.on("mouseenter", "points", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "points", () => { map.getCanvas().style.cursor = ""; });
  });
  for (const town of features.towns) { // names as HTML: the browser shapes Persian rightly
    const name = Object.assign(document.createElement("span"), { className: "town-name", textContent: town.name });
    new maplibregl.Marker({ element: name }).setLngLat([town.lon, town.lat]).addTo(map);
  }
}

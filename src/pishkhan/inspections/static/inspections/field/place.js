// Where the phone is, as far as it says.
const FRESH = 60_000; // milliseconds for which a position still counts as this place
let last = null; // with a time by no clock that somebody sets
let watching = null;

// Follow the position while a visit is open, so that a photo need not wait for it.
export function follow() {
  if (watching !== null || !navigator.geolocation) return;
  watching = navigator.geolocation.watchPosition(noted, () => {}, { enableHighAccuracy: true });
}

export function leave() {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

// The position now, or null if the phone will not say. Waits a quarter of a minute at most.
export function here() {
  if (last && performance.now() - last.at < FRESH) return Promise.resolve(last.position);
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition((found) => resolve(noted(found)), () => resolve(null),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 });
  });
}

// Metres between two points, on a sphere.
export function metres([lat, lon], [toLat, toLon]) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const half = Math.sin(radians(toLat - lat) / 2) ** 2
    + Math.cos(radians(lat)) * Math.cos(radians(toLat)) * Math.sin(radians(toLon - lon) / 2) ** 2;
  return 2 * 6_371_009 * Math.asin(Math.sqrt(half));
}

function noted({ coords }) {
  last = { at: performance.now(), position: { lat: coords.latitude, lon: coords.longitude, accuracy: Math.min(coords.accuracy, 1e6) } };
  return last.position;
}

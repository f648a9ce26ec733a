// Photos: shrunk, freed of what cameras write into them, named by digest, kept sealed; drawn, never addressed.
import { digestOf, uuid7 } from "./identifiers.js";
import { here } from "./place.js";
import * as store from "./store.js";

const SIDE = 1600; // pixels of the longer side
const QUALITY = 0.8;
const FRESH = 10 * 60_000; // milliseconds: an older file was not taken just now

// A photo taken in from a file, for an item of the checklist (none: for the whole). `timeOf` a moment is the house's.
export async function taken(file, item, timeOf) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const bytes = new Uint8Array(await (await jpeg(canvas)).arrayBuffer());
  const photo = { id: uuid7(), item, digest: await digestOf(bytes), size: bytes.length, taken_at: timeOf(momentOf(file)), position: await here() };
  await store.putBytes(`photo:${photo.id}`, bytes);
  return photo;
}

// A small drawing of a photo that is kept.
export async function drawn(id, canvas) {
  const bytes = await store.bytesOf(`photo:${id}`);
  if (!bytes) return;
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d").drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  picture.close();
}

export async function forget(id) {
  await store.remove(`photo:${id}`);
}

function jpeg(canvas) {
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
}

// When it was taken: just now, unless the file says that it is older.
function momentOf(file) {
  const age = Date.now() - file.lastModified;
  return age > FRESH ? file.lastModified : Date.now();
}

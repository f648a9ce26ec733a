// Photos: shrunk, freed of what cameras write into them, named by digest; drawn, never addressed.
import { digestOf, uuid7 } from "./identifiers.js";
import { bytesOf } from "./keeping.js";

const SIDE = 1600; // pixels of the longer side
const QUALITY = 0.8;
const FRESH = 10 * 60_000; // milliseconds: an older file was not taken just now

export class NoPhoto extends Error {} // the file is none, or cannot be read

// A photo and its bytes, from a file, for an item of the checklist (none: for the whole). `timeOf` a moment is the house's.
// Where it was taken the phone may say later.
export async function taken(file, item, timeOf) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => { throw new NoPhoto(); });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const bytes = new Uint8Array(await (await jpeg(canvas)).arrayBuffer());
  const photo = { id: uuid7(), item, digest: await digestOf(bytes), size: bytes.length, taken_at: timeOf(momentOf(file)), position: null };
  return { photo, bytes };
}

// A small drawing of a photo. False if the phone has it no more.
export async function drawn(id, canvas) {
  const bytes = await bytesOf(id);
  if (!bytes) return false;
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d").drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  picture.close();
  return true;
}

// It fails if the phone has too little memory for it.
function jpeg(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no memory"))), "image/jpeg", QUALITY);
  });
}

// When it was taken: just now, unless the file says that it is older.
function momentOf(file) {
  const age = Date.now() - file.lastModified;
  return age > FRESH ? file.lastModified : Date.now();
}

// How much room the phone has, as far as the browser says: its figure is an estimate, and some browsers round it up.
import { all } from "./drafts.js";

const PHOTO = 600_000; // bytes: what a photo of 1,600 pixels seldom exceeds
const MOST = 1_000; // beyond this nobody wants to know exactly

// { photos, many, lasting }: room for about so many photos, or for more than can be told; null if the browser does not say.
// `lasting`: the browser promises not to throw it away by itself.
export async function room() {
  const { quota, usage } = await navigator.storage?.estimate?.().catch(() => ({})) ?? {};
  if (!quota) return null;
  const photos = Math.max(0, Math.floor((quota - usage) / sizeOfPhoto()));
  return { photos: Math.min(photos, MOST), many: photos > MOST, lasting: await navigator.storage.persisted?.() ?? false };
}

// Ask the browser to keep what is here for good.
export const askToLast = () => navigator.storage?.persist?.().catch(() => false);

export const megabytes = (bytes) => Math.max(0.1, Math.ceil(bytes / 100_000) / 10);

function sizeOfPhoto() {
  return Math.max(PHOTO, ...all().flatMap((draft) => draft.photos).map((photo) => photo.size));
}

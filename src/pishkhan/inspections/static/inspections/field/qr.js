// Reading the code on a wall: by the phone's own reader where there is one, else by a library, from the camera or a photo.
import { decodeQR } from "./qr/decode.js";

const SIDE = 1600;
const EVERY = 200; // milliseconds between looks of the camera

// The text of the code in a picture; null if none is found.
export async function codeIn(picture, width, height) {
  const native = await reader();
  if (native) {
    const [found] = await native.detect(picture).catch(() => []);
    if (found) return found.rawValue;
  }
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height), { timeLimit: 1000 });
  } catch {
    return null;
  }
}

export async function codeInFile(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const text = await codeIn(picture, picture.width, picture.height);
  picture.close();
  return text;
}

// Look through the camera until a code is seen or `stopped()`; null if there is no camera, or it is not allowed.
export async function codeBeforeCamera(video, stopped) {
  const stream = await navigator.mediaDevices?.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (!stream) return null;
  video.srcObject = stream;
  await video.play();
  try {
    while (!stopped()) {
      const text = video.videoWidth ? await codeIn(video, video.videoWidth, video.videoHeight) : null;
      if (text) return text;
      await new Promise((resolve) => { setTimeout(resolve, EVERY); });
    }
    return "";
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}

async function reader() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  return formats?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

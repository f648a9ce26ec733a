// Works out the proof of work of the form (altcha, SHA-256), and asks for an amount only where one is meant.
// Without this script the form is sent all the same, at a slower rate.
const form = document.querySelector("form.complain");
const { toil, salt, signature, most, charged } = form.dataset;

async function workOut() {
  const encoder = new TextEncoder();
  for (let number = 0; number <= Number(most); number += 1) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(salt + number)));
    if (hex(digest) === toil) {
      const payload = { algorithm: "SHA-256", challenge: toil, number, salt, signature };
      form.elements.altcha.value = btoa(JSON.stringify(payload));
      return;
    }
  }
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function askWhatIsMeant() {
  const meant = form.querySelector("input[name=kind]:checked")?.value === charged;
  for (const name of ["service", "charged"]) {
    form.elements[name].closest(".field").hidden = !meant;
  }
}

form.addEventListener("change", askWhatIsMeant);
askWhatIsMeant();
if (globalThis.crypto?.subtle) {
  workOut();
}

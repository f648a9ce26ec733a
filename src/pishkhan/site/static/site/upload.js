// Sends a chosen file ahead of its form, and shows how far it is. Without this script the form sends it itself.
for (const input of document.querySelectorAll("form[data-upload] input[type=file]")) {
  input.addEventListener("change", () => input.files[0] && send(input));
}

function send(input) {
  const { form } = input;
  const buttons = form.querySelectorAll("button");
  const bar = input.parentElement.querySelector("progress") ?? input.insertAdjacentElement("afterend", document.createElement("progress"));
  const told = input.parentElement.querySelector("output") ?? bar.insertAdjacentElement("afterend", document.createElement("output"));
  const body = new FormData();
  body.append("file", input.files[0]);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => { bar.max = event.total; bar.value = event.loaded; });
  request.addEventListener("loadend", () => {
    buttons.forEach((button) => { button.disabled = false; });
    const answer = request.status ? JSON.parse(request.responseText) : {};
    told.textContent = answer.refusal ?? (answer.id ? "✓" : "…");
    told.className = answer.id ? "told" : "error";
    if (answer.id) {
      stored(input).value = answer.id;
      input.required = false;
      input.value = "";
    }
  });
  buttons.forEach((button) => { button.disabled = true; });
  request.open("POST", form.dataset.upload);
  request.send(body);
}

function stored(input) {
  const name = `${input.name}_stored`;
  if (!input.form.elements[name]) {
    input.insertAdjacentHTML("afterend", `<input type="hidden" name="${name}">`);
  }
  return input.form.elements[name];
}

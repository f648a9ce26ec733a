// Asks the browser where it is, when somebody wants the nearest offices. The point goes into the address and nowhere else.
const button = document.querySelector("[data-near]");
if (button && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    const form = document.querySelector("form.find");
    const query = new URLSearchParams(new FormData(form));
    query.delete("q");
    query.set("near", `${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`);
    location.search = query;
  }));
}

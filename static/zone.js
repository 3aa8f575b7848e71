// The browser knows its time zone: a new account gets it, and the settings offer it.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
for (const field of document.querySelectorAll("input[data-zone]")) field.value ||= zone;
for (const button of document.querySelectorAll("button[data-zone]")) {
  const list = document.getElementById(button.dataset.zone);
  const offered = [...list.options].some((option) => option.value === zone);
  const differs = () => { button.hidden = !offered || list.value === zone; };
  button.textContent = `Use ${zone.replaceAll("_", " ")}`;
  button.addEventListener("click", () => {
    list.value = zone;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("change", differs);
  differs();
}

// The history: addresses that say only what is asked for, and the phone's own way of sharing.

// A field left empty asks for nothing, and need not stand in the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// What was typed is in the address, so that a reload and the way back show the same list.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!form.matches("form[data-shown]")) return;
  const asked = new URLSearchParams(new FormData(form)).toString();
  history.replaceState(null, "", asked ? `${form.action}?${asked}` : form.action);
});

const share = document.querySelector("[data-share]");
if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    const from = document.getElementById(share.dataset.share);
    const link = from.type === "url";
    navigator.share(link ? { url: from.value } : { text: from.value }).catch(() => {});
  });
}

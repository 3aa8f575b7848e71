// htmx readies a link or form when it is used, not all of them before the page answers to a thumb.
const USED = "a, form, [hx-get], [hx-post]", UNASKED = "[hx-trigger]";
let isReadying = false;

function ready(each) {
  isReadying = true;
  window.htmx?.process(each);
  isReadying = false;
}

// At its start and after each swap; only what does not wait for a tap is readied then.
document.addEventListener("htmx:before:process", (event) => {
  if (isReadying) return;
  event.preventDefault();
  const { target } = event;
  if (target.matches(UNASKED)) ready(target);
  target.querySelectorAll(UNASKED).forEach(ready);
});

// On its way down, so that htmx hears this very event when it comes to the element.
for (const kind of ["click", "submit", "change"])
  addEventListener(kind, ({ target }) => {
    for (let each = target.closest?.(USED); each; each = each.parentElement?.closest(USED)) if (!each._htmx) ready(each);
  }, true);

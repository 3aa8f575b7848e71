// Asking this browser's push service for an address to ring, and handing it to the server.
const on = document.querySelector("[data-ring]"), off = document.querySelector("[data-quiet]");
const why = document.querySelector("[data-why]");

const plain = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function show(form, text) {
  on.hidden = form !== on;
  off.hidden = form !== off;
  why.hidden = !text;
  if (text) why.textContent = text;
}

function refused() {
  show(null, "Notifications are off for this site. Allow them in the settings of your browser, then come back.");
}

/** The subscription with our key; one with another (an older server's) is given back. */
async function current(manager) {
  const found = await manager.getSubscription();
  if (!found || plain(found.options.applicationServerKey) === on.dataset.ring) return found;
  await found.unsubscribe();
  return null;
}

function fill(form, { endpoint, keys }) {
  for (const [name, value] of Object.entries({ endpoint, ...keys })) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

async function begin() {
  if (!("PushManager" in window && "Notification" in window)) return;
  const { pushManager } = await navigator.serviceWorker.ready;
  if (Notification.permission === "denied") return refused();
  const known = await current(pushManager);
  if (known) fill(off, known.toJSON());
  show(known ? off : on);
  on.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      fill(on, (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: on.dataset.ring })).toJSON());
      on.submit();
    } catch (error) {
      if (error.name === "NotAllowedError") return refused();
      show(on, "The push service of this browser did not answer. Try again with a connection.");
    }
  });
  off.addEventListener("submit", async (event) => {
    event.preventDefault();
    await (await pushManager.getSubscription())?.unsubscribe();
    off.submit();
  });
}

begin();

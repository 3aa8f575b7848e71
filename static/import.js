// A large file is packed before it is sent: the server takes 16 MB at once, a slow line much less.
const LARGE = 1 << 20;
const form = document.querySelector("form[data-pack]");
const ready = new WeakSet();

async function packed(file) {
  const [one, two] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (one === 0x1f && two === 0x8b) return file; // it is gzip already
  const stream = file.stream().pipeThrough(new CompressionStream("gzip"));
  return new File([await new Response(stream).blob()], file.name);
}

form.addEventListener("submit", async (event) => {
  const { file: field } = form.elements;
  const [file] = field.files;
  if (!file || file.size < LARGE || ready.has(file) || !window.CompressionStream) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  const button = form.querySelector("button.primary");
  const said = button.textContent;
  form.ariaBusy = "true";
  button.textContent = "Packing…";
  const moved = new DataTransfer();
  // What cannot be read here is left to the browser to send, or to refuse.
  moved.items.add(await packed(file).catch(() => file));
  ready.add(moved.files[0]);
  field.files = moved.files;
  ready.add(field.files[0]);
  form.ariaBusy = "false";
  button.textContent = said;
  form.requestSubmit();
});

// The replies of the gym flow as HTML: the server's own templates, and what its page frame needs.
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const escaped = (said) => `${said ?? ""}`.replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

const repeated = (view, name, list, body, instead = () => "") =>
  list.length ? list.map((each) => body({ ...view, [name]: each })).join("") : instead();

const TEMPLATES = templates(escaped, repeated);
const fill = (name, view) => TEMPLATES[name](view);

const VIEWS = {
  session: sessionView,
  logged: loggedView,
  cards_changed: cardsChangedView,
  rest_timer: restTimerView,
  set_edit: setEditView,
  item_edit: itemEditView,
  exercise_picker: exercisePickerView,
  plate_sheet: plateSheetView,
  warm_ups: warmUpsView,
  finish: finishView,
  summary: summaryView,
  today: todayView,
  // what is repainted when an answer comes
  card: ({ sheet, item }, c) => ({ card: cardView(sheet, item, c, true) }),
  cards: ({ sheet }, c) => allOf(sheet, c),
  progress: ({ sheet }) => ({ progress: progressView(sheet) }),
};
// Replies whose part has another name than they have.
const PARTS = { exercise_picker: "picker", plate_sheet: "plates", warm_ups: "warmup", status: "status_text" };
const ALONE = "logged cards_changed rest_timer card cards progress problem status".split(" ");

/** The view model of a reply: `facts` are what it is about, `key` makes keys and UUIDs. */
function viewOf(name, facts, state, now, key = () => uuid7(now)) {
  const c = { person: state.person, bests: state.bests ?? {}, waits: state.waiting?.sets ?? [], now, key };
  const view = VIEWS[name]?.({ sheet: state.sheet, ...facts }, c, state) ?? facts;
  return { ...view, waiting: waitingView(state.waiting) };
}

/**
 * A fragment's text; or a page's pieces, to be put into the frame: {title, body_class, top, main,
 * sheets, toast}.
 */
function render(name, facts, state, now, key = () => uuid7(now)) {
  const view = viewOf(name, facts, state, now, key), part = fill(facts.is_list ? "picker_list" : PARTS[name] ?? name, view);
  if (facts.is_part || ALONE.includes(name)) return part;
  const page = { body_class: "app", top: "", main: part, sheets: "" };
  const { title, ...pieces } = (PAGES[name] ?? sheetPage)(view, part), toast = toastView(facts.toast, { key });
  return { ...page, ...pieces, title: escaped(title), toast: fill("toast", { toast }) };
}

const PAGES = {
  session: (view) => ({
    title: view.session.name,
    body_class: "app gym",
    top: fill("session_top", view),
    sheets: fill("rest_timer", view),
  }),
  today: (view) => ({ title: "Today", top: fill("today_top", view) }),
  finish: (view) => ({ title: `Finish ${view.finish.name}`, top: fill("finish_top", view) }),
  summary: () => ({ title: "Workout done" }),
  unsent: (view) => ({ title: "On this phone", top: fill("sheet_top", { title: "On this phone", back: "/", ...view }) }),
};

/** What slides up, as a page of its own. */
const sheetPage = (view, part) => ({
  title: view.title,
  top: fill("sheet_top", { back: "/session", ...view }),
  main: `<div class="sheet-page" hx-ignore>${part}</div>`,
});

/** The quiet line about what is not sent yet: {text, url}, or null. */
function waitingView({ count: many = 0, refused: back = 0, status = "" } = {}) {
  if (status === "broken") return { text: "This phone cannot keep changes", url: "/unsent" };
  if (status === "sign_in") return { text: `Sign in to send ${count(many, "change")}`, url: "/login?next=/unsent" };
  if (back) return { text: `${count(back, "change")} ${back === 1 ? "needs" : "need"} you`, url: "/unsent" };
  return many ? { text: `${count(many, "change")} on this phone`, url: "/unsent" } : null;
}

// The end of a rest, told by the server: shown on a locked phone, quietly where a page is seen.
const openPages = () => clients.matchAll({ type: "window" });

addEventListener("push", (event) => {
  const { title, body, url } = event.data.json();
  event.waitUntil(openPages().then((pages) => registration.showNotification(title, {
    body, tag: "rest", data: url, silent: pages.some((page) => page.visibilityState === "visible"),
  })));
});

addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(openPages().then(([page]) => page ? page.focus() : clients.openWindow(notification.data)));
});

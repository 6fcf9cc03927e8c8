// The desk works without this file. What stands here only makes it a little smoother.
import { followImports } from "./progress";
import { rehearse } from "./rehearsal";
import { wall } from "./wall";

followImports();
rehearse();
wall();

// A print button makes sense only where a script can open the dialog.
document.querySelectorAll<HTMLButtonElement>(".print-bar [data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Menus close by Escape and by a click beside them, as people expect of menus.
const menus = document.querySelectorAll<HTMLDetailsElement>("details.user, details.more");
document.addEventListener("click", (event) => menus.forEach((menu) => {
  if (menu.open && !menu.contains(event.target as Node)) menu.open = false;
}));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus.forEach((menu) => {
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
});

// A form is sent once, however often an impatient hand clicks.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, 4000);
});

const panel = document.querySelector("aside.sandbox");
const status = panel.querySelector("[role=status]");

panel.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-sandbox-use]")) return;
  const field = document.querySelector("[name=token]");
  status.textContent = field ? "" : "There is no token field on this page: sign out first.";
  if (!field) return;
  // With a provider the token form is folded away.
  field.closest("details")?.setAttribute("open", "");
  field.value = target.closest("li").querySelector("input").value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// Keeps the panel last, because the app may append elements to the body.
const last = () => panel.nextElementSibling && document.body.append(panel);
new MutationObserver(last).observe(document.body, { childList: true });
last();

const panel = document.querySelector("aside.sandbox");
const status = panel.querySelector("[role=status]");
const tokenField = () => document.querySelector("[name=token]");

const fillIn = (field, row) => {
  field.value = row.querySelector("input").value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

panel.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-sandbox-use]")) return;
  const field = tokenField();
  status.textContent = field ? "" : "There is no token field on this page: sign out first.";
  if (!field) return;
  // With a provider the token form is folded away.
  field.closest("details")?.setAttribute("open", "");
  fillIn(field, target.closest("li"));
  field.focus();
});

// Adds "Try it as …" to the app's form for a token: one press fills it in and signs in.
const offerDemoUsers = () => {
  const form = tokenField()?.form;
  if (!form || form.querySelector(".sandbox-try")) return;
  const offer = document.createElement("p");
  offer.className = "sandbox-try";
  offer.append("Try it as");
  for (const row of panel.querySelectorAll("[data-demo-user]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = row.dataset.demoUser;
    button.addEventListener("click", () => {
      fillIn(form.elements.token, row);
      form.requestSubmit();
    });
    offer.append(button);
  }
  form.append(offer);
};

// Keeps the panel last, because the app may append elements to the body.
const keepLast = () => panel.nextElementSibling && document.body.append(panel);

const update = () => {
  keepLast();
  offerDemoUsers();
};
new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
update();

// Finds elements as a person does: by label, by role and name, by visible text. An open dialog hides the rest of the page.
const normalize = text => (text ?? '').replace(/\s+/g, ' ').trim();
const scope = () => [...document.querySelectorAll('dialog:modal')].pop() ?? document.body;
const all = selector => [...scope().querySelectorAll(selector)].filter(element => element.checkVisibility() && !element.closest('.sandbox'));
const nameOf = element => normalize(element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).replace(/ \(optional\)$/, '');
const control = label => all('input, select, textarea').find(element => nameOf(element) === label);
const button = name => all('button').find(element => nameOf(element) === name);
const link = name => all('a[href]').find(element => nameOf(element) === name);
const descriptionsOf = element => (element.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean).map(id => document.getElementById(id));
const errorAt = label => {
  const element = control(label);
  if (element?.ariaInvalid !== 'true') return '';
  return descriptionsOf(element).filter(text => text?.id.endsWith('-error')).map(text => normalize(text.textContent)).join(' ');
};
const detail = term => {
  const value = all('dt').find(element => normalize(element.textContent) === term)?.nextElementSibling?.cloneNode(true);
  // The name of a copy button is not part of the value.
  value?.querySelectorAll('button').forEach(button => button.remove());
  return normalize(value?.textContent);
};
// What opens the closed menu or section with the button or link of this name.
const openerOf = name => {
  const hidden = [...scope().querySelectorAll(':is(details:not([open]), [popover]:not(:popover-open)) :is(button, a[href])')]
    .filter(element => !element.closest('.sandbox')).find(element => nameOf(element) === name);
  const menu = hidden?.closest('details:not([open]), [popover]:not(:popover-open)');
  return menu?.querySelector('summary') ?? (menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : undefined);
};
// The text of the sections "Details", open or closed.
const detailsText = () => [...scope().querySelectorAll('.notice-details')].map(element => normalize(element.textContent)).join(' ');
const pageText = () => {
  const panel = document.querySelector('.sandbox');
  return normalize(panel ? document.body.innerText.replace(panel.innerText, '') : document.body.innerText);
};

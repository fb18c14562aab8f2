// What a person finds on the page: by label, by role and name, by what is written. An open dialog hides the rest.
const clean = text => (text ?? '').replace(/\s+/g, ' ').trim();
const place = () => [...document.querySelectorAll('dialog:modal')].pop() ?? document.body;
const all = selector => [...place().querySelectorAll(selector)].filter(found => found.checkVisibility() && !found.closest('.sandbox'));
const nameOf = element => clean(element.labels?.[0]?.textContent ?? element.textContent).replace(/ \(optional\)$/, '');
const labelled = name => all('input, select, textarea').find(control => nameOf(control) === name);
const button = name => all('button').find(found => nameOf(found) === name);
const link = name => all('a[href]').find(found => nameOf(found) === name);
const described = control => (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean).map(id => document.getElementById(id));
const errorAt = name => {
  const control = labelled(name);
  if (control?.ariaInvalid !== 'true') return '';
  return described(control).filter(text => text?.id.endsWith('-error')).map(text => clean(text.textContent)).join(' ');
};
const fact = name => clean(all('dt').find(term => clean(term.textContent) === name)?.nextElementSibling?.textContent);
const written = () => {
  const panel = document.querySelector('.sandbox');
  const text = clean(panel ? document.body.innerText.replace(panel.innerText, '') : document.body.innerText);
  return text;
};

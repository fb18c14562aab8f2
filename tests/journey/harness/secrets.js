// Collects the texts of every place of the page that could hold a secret, such as a token. The sandbox's panel shows tokens
// on purpose. Runs after find.js.
const [mayBeStored, done] = arguments;
const text = value => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
const stored = storage => Object.entries(storage).filter(([key]) => storage !== sessionStorage || !mayBeStored.includes(key));
const controls = [...document.querySelectorAll('input, textarea, select, output')].filter(control => !control.closest('.sandbox'));
// The browser's entry of the document itself keeps the address that it was opened with, and nothing can change that.
const loaded = performance.getEntries().filter(entry => entry.entryType !== 'navigation');
const page = document.documentElement.cloneNode(true);
page.querySelector('.sandbox')?.remove();
// The string variables that scripts added. Those of the browser are not enumerable strings.
const globals = Object.entries(Object.getOwnPropertyDescriptors(window))
  .filter(([name, { value }]) => typeof value === 'string' && !['origin', 'violations'].includes(name));

Promise.all([caches.keys(), indexedDB.databases(), navigator.serviceWorker.getRegistrations()]).then(
  ([cached, databases, workers]) =>
    done({
      'local storage': text(stored(localStorage)),
      'session storage': text(stored(sessionStorage)),
      cookies: document.cookie,
      address: location.href,
      'addresses before it': text(navigation.entries().map(entry => [entry.url, entry.getState()])),
      'state of the history': text(history.state),
      'address of the previous page': document.referrer,
      title: document.title,
      'name of the window': window.name,
      'global variables': text(globals.map(([name, { value }]) => [name, value])),
      'names of what was loaded': text(loaded.map(entry => entry.name)),
      'values of controls': text(controls.map(control => control.value)),
      'elements, attributes and comments': page.outerHTML,
      caches: text(cached),
      databases: text(databases),
      'service workers': text(workers.map(worker => worker.scope)),
    }),
  error => done({ error: String(error) }),
);

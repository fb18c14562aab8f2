// Starts the app, or says in words why it does not run. No inline script, so that the page needs to allow none.
const unstarted = document.getElementById('unstarted');
const notice = document.getElementById('stopped');
const module = document.querySelector('link[rel=preload][as=fetch]');
// wasm-bindgen's script: a release has it in this file, and `cargo xtask dev` as one that the page preloads.
const script = document.querySelector('link[rel=modulepreload]')?.href ?? import.meta.url;

/** Puts the notice in place of the app: a page that has stopped must take no click, no typing and no submit. */
const stop = (title, text) => {
  if (!notice.hidden) return;
  if (title) {
    document.getElementById('stopped-title').textContent = title;
    document.getElementById('stopped-text').textContent = text;
  }
  // Not hidden but gone: a dialog that is open in it would keep the button under it from being pressed.
  document.getElementById('app').remove();
  notice.hidden = false;
  notice.focus();
  // Nothing is left to ask about before leaving. Captured, so that it comes before the app's own.
  addEventListener('beforeunload', event => event.stopImmediatePropagation(), true);
};

/** Whether an error went through the app's code: a trap, a stack that ran out, or a browser's function that threw. */
const isOurs = error => error instanceof WebAssembly.RuntimeError || /wasm-function/.test(error?.stack);

const start = async () => {
  // A style sheet that did not arrive is there all the same, and empty: only what it says can be asked.
  if (!getComputedStyle(document.body).getPropertyValue('--ground')) throw new Error('The style sheet did not load');
  const { default: init } = await import(script);
  await init({ module_or_path: fetch(module.href, { integrity: module.integrity }) });
};

unstarted.remove();
document.querySelector('.first-paint').remove();
document.getElementById('reload').addEventListener('click', () => location.reload());

if (typeof WebAssembly !== 'object' || !AbortSignal.any) {
  stop(
    'This browser cannot run Altostrat Billing',
    'It needs WebAssembly, in a browser from 2024 or later. Update the browser or allow WebAssembly for this site, then reload.',
  );
} else {
  addEventListener('error', ({ error }) => isOurs(error) && stop());
  addEventListener('unhandledrejection', ({ reason }) => isOurs(reason) && stop());
  start().catch(error => {
    console.error(error);
    if (error instanceof WebAssembly.CompileError) {
      stop(
        'This browser cannot run Altostrat Billing',
        'It, or a setting of it, does not allow WebAssembly here. Update the browser or allow WebAssembly for this site, then reload.',
      );
    } else if (isOurs(error)) {
      stop();
    } else {
      stop(
        'Altostrat Billing could not be loaded',
        'A part of it did not arrive whole. Check your connection, then reload. If it happens again, tell whoever runs this site.',
      );
    }
  });
}

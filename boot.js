// Starts the app, or shows why it can't run. A separate file, because the page's policy forbids inline scripts.
const unstarted = document.getElementById('unstarted');
const notice = document.getElementById('stopped');
const module = document.querySelector('link[rel=preload][as=fetch]');
// wasm-bindgen's script. A release build joins it with this file; `cargo xtask dev` preloads it separately.
const script = document.querySelector('link[rel=modulepreload]')?.href ?? import.meta.url;

/** Replaces the app by the notice, so that a crashed page accepts no click, typing or submit. */
const stop = (title, text) => {
  if (!notice.hidden) return;
  if (title) {
    document.getElementById('stopped-title').textContent = title;
    document.getElementById('stopped-text').textContent = text;
  }
  // Removed and not hidden, because an open modal dialog in it would block the reload button.
  document.getElementById('app').remove();
  notice.hidden = false;
  notice.focus();
  // Suppresses the app's warning about unsaved changes. Capturing makes this listener run first.
  addEventListener('beforeunload', event => event.stopImmediatePropagation(), true);
};

/**
 * Whether an error came from the app's WebAssembly: a trap, a stack overflow, or an exception in an import. The stack names
 * the module's URL, so a crash in a browser extension's WebAssembly doesn't stop the app. Safari names no URL.
 */
const isOurs = error => {
  const frames = String(error?.stack).match(/.*wasm-function.*/g) ?? [];
  if (!frames.length) return error instanceof WebAssembly.RuntimeError;
  return frames.some(frame => frame.includes(`${location.origin}/`) || frame.includes('[wasm code]'));
};

const start = async () => {
  // A style sheet that failed to load is present but empty, so this checks one of its values.
  if (!getComputedStyle(document.body).getPropertyValue('--ground')) throw new Error('The style sheet did not load');
  const { default: init } = await import(script);
  await init({ module_or_path: fetch(module.href, { integrity: module.integrity }) });
};

unstarted.remove();
document.querySelector('.first-paint').remove();
document.getElementById('reload').addEventListener('click', () => location.reload());

if (typeof WebAssembly !== 'object' || !AbortSignal.any) {
  stop(
    'This browser can’t run Altostrat Billing',
    'It needs WebAssembly and a browser from 2024 or later. Update the browser or allow WebAssembly for this site, then reload.',
  );
} else {
  addEventListener('error', ({ error }) => isOurs(error) && stop());
  addEventListener('unhandledrejection', ({ reason }) => isOurs(reason) && stop());
  start().catch(error => {
    console.error(error);
    if (error instanceof WebAssembly.CompileError) {
      stop(
        'This browser can’t run Altostrat Billing',
        'It doesn’t allow WebAssembly here. Update the browser or allow WebAssembly for this site, then reload.',
      );
    } else if (isOurs(error)) {
      stop();
    } else {
      stop(
        'Altostrat Billing couldn’t be loaded',
        'Part of it is missing. Check your connection, then reload. If it keeps happening, contact your administrator.',
      );
    }
  });
}

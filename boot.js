// Starts the app, or says in words why it does not run. No inline script, so that the page needs to allow none.
const unstarted = document.getElementById('unstarted');
const notice = document.getElementById('stopped');
const wasm = document.querySelector('link[rel=preload][as=fetch]');
// Where the app is in two: the part that comes later. A meta, since nothing is to load it by itself.
const { content, dataset } = document.querySelector('meta[name=lazy-module]') ?? {};
const lazy = content && { href: content, integrity: dataset.integrity };
// A release has both this and the glue in one file. As Trunk leaves them, the glue has the checksum of its preload alone.
const glue = lazy
  ? document.querySelector('script[type=module][integrity]').src
  : document.querySelector('link[rel=modulepreload]').href;

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

/** From a host that calls it something else as well; the browser keeps the code of what comes as what it is. */
const compile = async ({ href, integrity }, signal) => {
  const reply = await fetch(href, { integrity, signal });
  const isWasm = reply.headers.get('Content-Type')?.startsWith('application/wasm');
  return isWasm ? WebAssembly.compileStreaming(reply) : WebAssembly.compile(await reply.arrayBuffer());
};

/**
 * Until the page says that it has loaded. The browser lays it out first: the bones, and not the form, which nobody could
 * type in meanwhile. What an extension puts in may take for ever, so it does not take long.
 */
const settled = () =>
  new Promise(done => {
    if (document.readyState === 'complete') done();
    addEventListener('load', done, { once: true });
    setTimeout(done, 100);
  });

/** What `make` promises, once; anew when it failed and is asked for again. */
const once = make => {
  let made;
  const failed = error => {
    made = undefined;
    throw error;
  };
  return () => (made ??= make().catch(failed));
};

const start = async () => {
  // A style sheet that did not arrive is there all the same, and empty: only what it says can be asked.
  if (!getComputedStyle(document.body).getPropertyValue('--ground')) throw new Error('The style sheet did not load');
  const module = await compile(wasm);
  await settled();
  const { initSync, imports } = await import(glue);
  return { $: initSync({ module }), ...imports?.() };
};

/** Starts the app; with the part that comes later, when there is one, as a function for the app to call. */
const startAll = () => {
  const started = start();
  if (lazy) {
    // Nobody is to wait for ever: it can be asked for again.
    const arrived = once(() => compile(lazy, AbortSignal.timeout(30_000)));
    globalThis.loadLazy = once(async () => WebAssembly.instantiate(await arrived(), await started));
    // Every other page needs it at once.
    if (!location.pathname.endsWith('/new')) arrived().catch(() => {});
  }
  return started;
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
  // Not from this script itself: tools that watch the network, those of a test too, ask for the stack of each request, and
  // the browser would read all that is on it once more.
  Promise.resolve().then(startAll).catch(error => {
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

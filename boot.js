// Starts the app, or says why it cannot. A file of its own, so that the page needs no inline script.
const { js, wasm } = document.querySelector('script[data-wasm]').dataset;
document.getElementById('reload').addEventListener('click', () => location.reload());

const cannotStart = (title, text) => {
  document.getElementById('app').hidden = true;
  document.getElementById('stopped-title').textContent = title;
  document.getElementById('stopped-text').textContent = text;
  document.getElementById('stopped').hidden = false;
};

if (typeof WebAssembly !== 'object' || !AbortSignal.any) {
  cannotStart(
    'This browser cannot run Altostrat Billing',
    'It needs WebAssembly, in a browser from 2024 or later. Update the browser or allow WebAssembly for this site, then reload.',
  );
} else {
  try {
    const { default: start } = await import(js);
    // The preload has the checksum of the build; without this the browser would run a changed .wasm.
    const { integrity } = document.querySelector(`link[rel="preload"][href="${wasm}"]`);
    await start({ module_or_path: fetch(wasm, { integrity }) });
  } catch (error) {
    // After a panic the app has already said so itself.
    if (document.getElementById('stopped').hidden) {
      console.error(error);
      cannotStart(
        'Altostrat Billing could not be loaded',
        'A part of it did not arrive whole. Check your connection, then reload. If it happens again, tell whoever runs this site.',
      );
    }
  }
}

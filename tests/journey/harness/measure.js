// Measures the app in the page. Runs before the page's own scripts and uses the functions of find.js.
window.measure = (() => {
  const frame = () => new Promise(requestAnimationFrame);
  // A task, and not a timeout, which Chromium delays by 4 ms when nested.
  const task = () =>
    new Promise(done => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
  /** Waits for a condition at most 100 microtasks: effects run in microtasks. Returns whether it holds. */
  const soon = async condition => {
    for (let turn = 0; turn < 100 && !condition(); turn++) await null;
    return condition();
  };
  const type = (element, text) => {
    element.value = text;
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  /** The counter of a control, such as `12/100`. It may be another element after each change. */
  const counted = element =>
    [...(element.closest('.field')?.querySelectorAll('span') ?? [])].map(span => span.textContent).find(text => /^\d+\/\d+$/.test(text));

  const memories = new Set();
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...how) => {
      const made = await real.apply(WebAssembly, how);
      const exported = Object.values((made.instance ?? made).exports);
      exported.filter(value => value instanceof WebAssembly.Memory).forEach(memory => memories.add(memory));
      return made;
    };
  }

  return {
    /** The bytes of WebAssembly memory. */
    wasmMemory: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),

    /** The time until the create form counts a typed character, in ms since the navigation started. */
    interactive: async () => {
      for (;;) {
        const name = document.body && control('Name');
        if (name && counted(name)) {
          // The value changes at each attempt, because the app may have started after the last one.
          type(name, '');
          type(name, 'a');
          if (await soon(() => counted(name) === '1/100')) {
            const time = performance.now();
            type(name, '');
            return time;
          }
        }
        await frame();
      }
    },

    /** The first contentful paint, in ms since the navigation started. */
    firstPaint: () => performance.getEntriesByName('first-contentful-paint')[0].startTime,

    /** The files of the site that the page has loaded, and their compressed bytes. The sandbox's own are not part of it. */
    transfer: () => {
      const entries = ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind));
      const files = entries.filter(({ name }) => !/^\/(api|sandbox)\//.test(new URL(name).pathname));
      return { requests: files.length, bytes: files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) };
    },

    /** The mean time from an input event to the changed counter, in µs, around the limit of a control. */
    keystroke: async (label, limit, count) => {
      const typed = control(label);
      let [length, step, total] = [limit, 1, 0];
      for (let event = 0; event < count; event++) {
        length += step;
        if (Math.abs(length - limit) === 20) step = -step;
        const text = 'Invoices of the northern branch. '.repeat(10).slice(0, length);
        const start = performance.now();
        type(typed, text);
        if (!(await soon(() => counted(typed) === `${length}/${limit}`))) throw new Error('the counter does not change');
        total += performance.now() - start;
        await task();
      }
      type(typed, '');
      return (total / count) * 1000;
    },

    /** The time from a press of the button to the created account, in ms, less the time of the request. */
    submit: async () => {
      type(control('Name'), 'Karoo Broadband');
      type(control('Email'), 'billing@karoo.example.com');
      await new Promise(done => setTimeout(done, 200));
      const isCreated = () => document.body.textContent.includes('Billing account created');
      const created = new Promise(done => {
        const observer = new MutationObserver(() => isCreated() && (observer.disconnect(), done(performance.now())));
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      });
      const start = performance.now();
      button('Create billing account').click();
      const total = (await created) - start;
      const request = performance.getEntriesByType('resource').find(({ name, startTime }) => startTime >= start && name.endsWith('/billing-accounts'));
      return total - (request.responseEnd - request.startTime);
    },

    /** The time from the reply of the API to the laid-out page with a text, in ms. */
    shown: async (text, path) => {
      while (!document.body?.textContent.includes(text)) await frame();
      document.body.offsetHeight;
      const time = performance.now();
      const reply = performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith(path));
      return time - reply.responseEnd;
    },

    /**
     * The slowest keystroke in the filter of the workspaces, in ms and with its layout. Each text is typed five times and
     * the fastest time counts, because the machine may be busy.
     */
    slowestFilter: async () => {
      const texts = ['s', 'si', 'sit', 'site', 'site 4', 'site 49', 'site 499', 'site 49', ''];
      const times = texts.map(() => Infinity);
      for (let round = 0; round < 5; round++) {
        for (const [index, text] of texts.entries()) {
          const start = performance.now();
          type(control('Search workspaces'), text);
          for (let turn = 0; turn < 3; turn++) await null;
          document.body.offsetHeight;
          times[index] = Math.min(times[index], performance.now() - start);
          await task();
        }
      }
      return Math.max(...times);
    },

    /** Opens pages in turn, given as pairs of a path and a text, and waits until each shows its text. */
    navigate: async (pages, count) => {
      for (let index = 0; index < count; index++) {
        const [path, text] = pages[index % pages.length];
        history.pushState(null, '', path);
        dispatchEvent(new PopStateEvent('popstate'));
        const deadline = performance.now() + 10_000;
        do {
          if (performance.now() > deadline) throw new Error(`${path} does not show “${text}”`);
          await task();
        } while (!document.getElementById('app').textContent.includes(text));
      }
      performance.clearResourceTimings();
    },
  };
})();

// What keeps people out of the page as it is now, a text each. Stands behind find.js.
const done = arguments[arguments.length - 1];
const start = element => element.outerHTML.slice(0, 200);
const found = [];

const { scrollWidth } = document.documentElement;
if (scrollWidth > innerWidth) {
  // Its text may stand out of an element that does not.
  const end = element => element.getBoundingClientRect().left + Math.max(element.offsetWidth, element.scrollWidth);
  const wide = all('*').filter(element => end(element) > innerWidth).map(start);
  // The last are the innermost.
  found.push([`wider than the screen, ${scrollWidth} px`, ...wide.slice(-3)].join('\n'));
}

// A link in running text is as high as its line.
const isInText = control =>
  getComputedStyle(control).display === 'inline' && clean(control.parentElement.textContent) !== clean(control.textContent);
for (const control of all('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
  const { width, height } = control.getBoundingClientRect();
  if (Math.min(width, height) < 23.99 && !isInText(control)) {
    found.push(`smaller than 24 by 24 px, ${width.toFixed(1)} by ${height.toFixed(1)}\n${start(control)}`);
  }
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
axe.run({ exclude: ['.sandbox'] }, { runOnly: tags, resultTypes: ['violations'] }).then(
  ({ violations }) => {
    const told = ({ id, nodes }) => nodes.map(node => `${id}\n${node.html}\n${node.failureSummary}`);
    done([...found, ...violations.flatMap(told)]);
  },
  error => done([...found, `axe stopped: ${error}`]),
);

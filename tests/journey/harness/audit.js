// Collects the accessibility faults of the page, one text each. Runs after find.js.
const done = arguments[arguments.length - 1];
const markup = element => element.outerHTML.slice(0, 200);
const faults = [];

const { scrollWidth } = document.documentElement;
if (scrollWidth > innerWidth) {
  // The text of an element may overflow the element.
  const rightEdge = element => element.getBoundingClientRect().left + Math.max(element.offsetWidth, element.scrollWidth);
  const wide = all('*').filter(element => rightEdge(element) > innerWidth).map(markup);
  // The last ones are the innermost.
  faults.push([`wider than the screen, ${scrollWidth} px`, ...wide.slice(-3)].join('\n'));
}

// WCAG 2.5.8 exempts a link in running text.
const isInText = element =>
  getComputedStyle(element).display === 'inline' && normalize(element.parentElement.textContent) !== normalize(element.textContent);
for (const element of all('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
  const { width, height } = element.getBoundingClientRect();
  if (Math.min(width, height) < 23.99 && !isInText(element)) {
    faults.push(`smaller than 24 by 24 px, ${width.toFixed(1)} by ${height.toFixed(1)}\n${markup(element)}`);
  }
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The other rules have the same result in the light scheme, unless a style sheet asks for the scheme (audit.rs).
const colorRules = ['color-contrast', 'link-in-text-block'];
const runOnly = matchMedia('(prefers-color-scheme: dark)').matches ? colorRules : tags;
const styles = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText);
if (styles.some(text => text.includes('prefers-color-scheme'))) {
  faults.push('a style sheet uses prefers-color-scheme: use light-dark(), or run all rules in the dark scheme');
}
axe.run({ exclude: ['.sandbox'] }, { runOnly, resultTypes: ['violations'] }).then(
  ({ violations }) => {
    const texts = ({ id, nodes }) => nodes.map(node => `${id}\n${node.html}\n${node.failureSummary}`);
    done([...faults, ...violations.flatMap(texts)]);
  },
  error => done([...faults, `axe-core failed: ${error}`]),
);

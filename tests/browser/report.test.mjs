// What the HTML pages of `fundamentals report` promise. Each test is a claim about each page.
//
// domain: the example's shopping domain. estate: the example's summary. big: a domain of 300 services. nasty: texts that
// mean harm. `run` makes the pages.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { A4_CONTENT, LAPTOP, PHONE, launch, open, pages } from './browser.mjs';
import { DEFICIENCIES, difference } from './colour.mjs';
import { NASTY, NO_LINKS } from './estates.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const SECTIONS = {
  pack: ['glance', 'changes', 'map', 'hot-spots', 'commitments', 'slos', 'talk', 'waivers'],
  summary: ['glance', 'domains', 'hot-spots', 'waivers'],
};
const STATUSES = ['red', 'amber', 'green', 'not-applicable', 'not-assessed', 'needs-rescore'];

/**
 * The least CIE76 distance between the backgrounds of red, amber and green, also to those who see fewer colours. About
 * 2 is the least that can be told side by side; 15 can be told at a glance between cells that don't touch, and still
 * lets a palette be pale enough for dark letters. Achromatopsia is left to the letters: three lightnesses that far
 * apart would leave too little contrast with the letters on one of them.
 */
const LEAST_DIFFERENCE = 15;

/** What a domain of 300 services may take, in milliseconds. Far more than it should: the machine may be busy. */
const LOADED_WITHIN = 10_000;
const ANSWERED_WITHIN = 3000;

const PAGES = pages();
let browser;

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

/** A test of each page, with what it opens closed behind it. */
function claim(name, check, { only } = {}) {
  for (const page of PAGES.filter((one) => !only || only.includes(one.name))) {
    test(`${page.name}: ${name}`, async (t) => {
      const contexts = [];
      const visit = async (options) => {
        const opened = await open(browser, page, options);
        contexts.push(opened.context);
        return opened;
      };
      try {
        await check({ t, page, visit, isPack: page.name !== 'estate' });
      } finally {
        await Promise.all(contexts.map((context) => context.close()));
      }
    });
  }
}

/** Fails with a list of what is wrong, of which the first dozen is enough to begin with. */
function nothingWrong(problems, what) {
  if (problems.length === 0) return;
  const shown = problems.slice(0, 12).map((problem) => `\n  - ${problem}`);
  if (problems.length > 12) shown.push(`\n  and ${problems.length - 12} more`);
  assert.fail(`${what}:${shown.join('')}`);
}

/** In the page, `$claims` says how to name an element in a message, and whether somebody sees it. */
const HELPERS = `globalThis.$claims = {
  name(element) {
    const id = element.id ? '#' + element.id : '';
    const kinds = [...element.classList].map((one) => '.' + one).join('');
    const home = element.closest('section[id]');
    const text = (element.textContent ?? '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    return (home && home !== element ? '#' + home.id + ' ' : '') + element.localName + id + kinds + (text ? ' “' + text + '”' : '');
  },
  seen(element) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  },
  words(element) { return element.innerText.trim().replace(/\\s+/g, ' '); },
  // Without what only screen readers get: that is usually clipped to a dot.
  letters(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (this.seen(walker.currentNode.parentElement)) texts.push(walker.currentNode.data);
    return texts.join('').trim().replace(/\\s+/g, ' ');
  },
  named(element) {
    const ids = (element.getAttribute('aria-labelledby') ?? '').split(/\\s+/).filter(Boolean);
    const said = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (said.trim() || (element.getAttribute('aria-label') ?? '')).trim();
  },
  // A row with a single cell is a heading within the table, or says that there is nothing.
  rows(table) { return [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.cells.length > 1); },
};`;

/** Evaluates a function of the page, with `$claims` there. */
async function within(tab, inside, argument) {
  await tab.evaluate(HELPERS);
  return tab.evaluate(inside, argument);
}

claim('the page asks for nothing and complains of nothing', async ({ page, visit }) => {
  const { tab, heard } = await visit();
  // Whatever is only loaded once somebody gets there.
  await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await tab.waitForTimeout(200);
  const wrong = heard.console.filter(({ type }) => type === 'error' || type === 'warning');
  nothingWrong(wrong.map(({ type, text }) => `${type}: ${text}`), 'the console says');
  nothingWrong(heard.errors, 'errors of the script');
  nothingWrong([...new Set(heard.requests)], 'asked for');
  const elsewhere = await within(tab, () => {
    const found = [...document.querySelectorAll('[src], [srcset], [poster], object[data], link[href], image, use')];
    return found
      .filter((element) => ['src', 'srcset', 'poster', 'data', 'href', 'xlink:href']
        .map((name) => element.getAttribute(name))
        .some((address) => address !== null && !/^(data:image\/|#)/.test(address)))
      .map((element) => element.outerHTML.slice(0, 100));
  });
  nothingWrong(elsewhere, 'elements with an address of something to fetch');
  const styles = await tab.evaluate(() => [...document.querySelectorAll('style')].map((one) => one.textContent).join('\n'));
  nothingWrong([...styles.matchAll(/@import[^;]*|url\((?!["']?(?:data:|#))[^)]*\)/g)].map(([text]) => text), 'styles fetch');
  assert.match(readFileSync(page.file, 'utf8'), /^<!doctype html>/i, 'it begins with a doctype');
});

for (const [width, viewport] of Object.entries({ phone: PHONE, laptop: LAPTOP })) {
  for (const colorScheme of ['light', 'dark']) {
    // Axe takes a minute for 300 services: of these, each width and each theme once.
    const isBoth = (width === 'phone') === (colorScheme === 'light');
    const only = PAGES.map(({ name }) => name).filter((name) => name !== 'big' || isBoth);
    claim(`axe finds nothing to complain of on a ${width}, ${colorScheme}`, async ({ t, visit }) => {
      const { tab } = await visit({ viewport, colorScheme });
      await tab.evaluate(AXE);
      assert.ok(await tab.evaluate((scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches, colorScheme));
      const { violations, incomplete } = await tab.evaluate(async (values) => {
        const { violations, incomplete } = await globalThis.axe.run(document, {
          runOnly: { type: 'tag', values },
          resultTypes: ['violations', 'incomplete'],
        });
        const short = ({ id, help, helpUrl, nodes }) => ({
          id, help, helpUrl, count: nodes.length,
          nodes: nodes.slice(0, 5).map(({ target, failureSummary }) => ({ target: target.join(' '), failureSummary })),
        });
        return { violations: violations.map(short), incomplete: incomplete.map(short) };
      }, AXE_TAGS);
      for (const { id, count, nodes } of incomplete) {
        t.diagnostic(`axe can't tell: ${id} (${count} ×), as in ${nodes[0]?.target}`);
      }
      const told = violations.map(({ id, help, helpUrl, count, nodes }) => {
        const places = nodes.map(({ target, failureSummary }) =>
          `\n      ${target}\n        ${failureSummary.replaceAll('\n', '\n        ')}`);
        return `${id} (${count} ×): ${help} (${helpUrl})${places.join('')}`;
      });
      nothingWrong(told, 'axe finds');
    }, { only });
  }
}

/** The texts that a reader without script must have, by kind. */
function texts() {
  const claims = globalThis.$claims;
  const parts = [...document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, dt, dd, figcaption, caption, summary, tbody tr)')];
  const byScript = '.needs-script, output, [aria-live]';
  return parts
    .filter((part) => !part.closest(byScript) && !part.querySelector(byScript))
    .map((part) => ({ name: claims.name(part), text: claims.words(part), seen: claims.seen(part), folded: part.closest('details:not([open])') !== null && part.localName !== 'summary' }))
    .filter(({ text }) => text !== '');
}

claim('without script everything can be read, and nothing is shown that needs it', async ({ visit, isPack }) => {
  const plain = await visit({ javaScriptEnabled: false });
  const scripted = await visit();
  const [without, withScript] = [await within(plain.tab, texts), await within(scripted.tab, texts)];
  // What can be unfolded without script may be folded.
  nothingWrong(without.filter(({ seen, folded }) => !seen && !folded).map(({ name }) => name), 'not visible without script');
  const there = new Set(without.map(({ text }) => text));
  nothingWrong(withScript.filter(({ text }) => !there.has(text)).map(({ name }) => name), 'only there with script');
  assert.ok(without.length > 20, `only ${without.length} texts found`);

  const controls = await within(plain.tab, () => [
    ...document.querySelectorAll('.needs-script, input, select, textarea, th button, [data-filter-count-for]'),
  ].filter(globalThis.$claims.seen).map(globalThis.$claims.name));
  nothingWrong(controls, 'controls that do nothing without script');
  const shown = await within(scripted.tab, () => [...document.querySelectorAll('input[data-filter-for]')].map(globalThis.$claims.seen));
  assert.ok(shown.every(Boolean), 'with script the filters are shown');
  if (isPack) assert.ok(shown.length > 0, 'there is a filter');
});

claim('the page itself never scrolls sideways, on a phone or zoomed to 320 px', async ({ visit }) => {
  // 320 px is what WCAG 1.4.10, "reflow", asks for: a laptop at 400 %.
  for (const width of [PHONE.width, 320]) {
    const { tab } = await visit({ viewport: { width, height: PHONE.height }, isMobile: true, hasTouch: true });
    const { page, over, scrollers } = await within(tab, () => {
      const claims = globalThis.$claims;
      const root = document.scrollingElement;
      const all = [...document.body.querySelectorAll('*')];
      const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
      const inScroller = (element) => {
        for (let up = element.parentElement; up; up = up.parentElement) {
          if (getComputedStyle(up).overflowX !== 'visible') return true;
        }
        return false;
      };
      const box = (element) => element.getBoundingClientRect();
      return {
        page: { scroll: root.scrollWidth, client: root.clientWidth },
        over: all.filter((element) => claims.seen(element) && box(element).right > root.clientWidth + 1 && !inScroller(element)).map(claims.name),
        scrollers: all
          .filter((element) => element.matches('.scroll') || (scrolls(element) && element.scrollWidth > element.clientWidth + 1 && !element.matches('input, textarea')))
          .map((element) => ({
            what: claims.name(element),
            isScroll: element.matches('.scroll'),
            focusable: element.tabIndex === 0 && element.hasAttribute('tabindex'),
            role: element.getAttribute('role') ?? element.localName,
            label: claims.named(element),
          })),
      };
    });
    assert.equal(page.client, width, 'the viewport is the width of the device: <meta name="viewport" content="width=device-width, initial-scale=1">');
    nothingWrong(over, `beyond the right edge at ${width} px`);
    assert.ok(page.scroll <= page.client, `at ${width} px the page is ${page.scroll} px wide`);
    const wrong = ({ isScroll, focusable, role, label }) => [
      !isScroll && 'lacks the class scroll',
      !focusable && 'lacks tabindex=0',
      label === '' && 'has no accessible name',
      !['region', 'group', 'section', 'figure'].includes(role) && `may not have a name with role ${role}`,
    ].filter(Boolean).join(', ');
    nothingWrong(scrollers.map((one) => [one.what, wrong(one)]).filter(([, what]) => what).map((words) => words.join(': ')), 'scroll containers');
  }
});

/** What has the focus, if anything has. */
function focused() {
  const claims = globalThis.$claims;
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  globalThis.$reached ??= new Set();
  const again = globalThis.$reached.has(element);
  globalThis.$reached.add(element);
  const style = getComputedStyle(element);
  // A link may go on in the next line.
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1 && !/, 0\)$|transparent/.test(style.outlineColor);
  const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
  const uncovered = points.some(([x, y]) => {
    const at = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return at !== null && (element.contains(at) || at.contains(element) && at.closest('a, button, label') !== null);
  });
  const large = box.height > innerHeight / 2 || box.width > innerWidth;
  return {
    again, name: claims.name(element), seen: claims.seen(element), outlined: outlined || style.boxShadow !== 'none',
    uncovered: uncovered || large,
    isSkip: element.matches('a.skip'), href: element.getAttribute('href'), text: claims.words(element),
    inView: box.top >= -1 && box.left >= -1 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1,
  };
}

claim('the first Tab leads to a link that skips to the content', async ({ visit }) => {
  const { tab } = await visit();
  await tab.keyboard.press('Tab');
  await tab.waitForTimeout(300);
  const first = await within(tab, focused);
  assert.ok(first?.isSkip, `the first Tab stop is ${first?.name}`);
  assert.ok(first.seen && first.inView && first.uncovered, 'it can be seen while it has the focus');
  assert.match(first.text, /skip/i);
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Tab');
  const jumped = await within(tab, (href) => {
    const target = document.getElementById(href.slice(1));
    const now = document.activeElement;
    return target !== null && (target.contains(now) || (target.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  }, first.href);
  assert.ok(jumped, `after it, Tab goes on behind ${first.href}`);
});

claim('everything to act on is reached with Tab, and shows that it has the focus', async ({ visit }) => {
  const { tab } = await visit();
  const problems = [];
  await tab.evaluate(HELPERS);
  for (let stops = 0; ; stops += 1) {
    await tab.keyboard.press('Tab');
    const at = await tab.evaluate(focused);
    // The end of the page: the focus leaves it, or begins again.
    if (at === null || at.again) break;
    assert.ok(stops < 2000, 'the end is reached');
    if (!at.seen) problems.push(`${at.name}: has the focus and can't be seen`);
    else if (!at.outlined) problems.push(`${at.name}: no outline`);
    else if (!at.uncovered) problems.push(`${at.name}: covered by something else`);
  }
  const missed = await tab.evaluate(() => {
    const claims = globalThis.$claims;
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, .scroll')];
    return all.filter((element) => claims.seen(element) && !globalThis.$reached?.has(element)).map(claims.name);
  });
  problems.push(...missed.map((name) => `${name}: not reached`));
  nothingWrong(problems, 'with the keyboard');
}, { only: ['domain', 'estate', 'nasty'] });

/** A table as sorting leaves it. */
function order({ table, column }) {
  const shown = document.getElementById(table);
  const rows = globalThis.$claims.rows(shown);
  const head = [...shown.tHead.rows].at(-1);
  const buttons = [...shown.tHead.querySelectorAll('th button')];
  const th = buttons[column].closest('th');
  // Where the column is, counted in cells: heads may span some.
  const before = [...th.parentElement.cells].slice(0, th.cellIndex);
  const place = head === th.parentElement ? before.reduce((sum, cell) => sum + cell.colSpan, 0) : th.cellIndex;
  return {
    name: globalThis.$claims.words(buttons[column]),
    sort: th.getAttribute('aria-sort'),
    others: [...shown.querySelectorAll('th[aria-sort]')].filter((one) => one !== th && one.getAttribute('aria-sort') !== 'none').length,
    focus: document.activeElement === buttons[column],
    rows: rows.map((row) => row.textContent.trim().replace(/\s+/g, ' ')),
    cells: rows.map((row) => (row.cells[place]?.textContent ?? '').trim().replace(/\s+/g, ' ')),
  };
}

/** Numbers and days that have one order that everybody expects, or nothing. */
function comparable(cells) {
  if (cells.every((cell) => /^[\d,]+(\.\d+)?\s?%?$/.test(cell))) return cells.map((cell) => Number(cell.replace(/[,%\s]/g, '')));
  if (cells.every((cell) => /^\d{4}-\d{2}-\d{2}$/.test(cell))) return cells;
  return null;
}

claim('tables are sorted with Enter and Space, and say how', async ({ t, visit, isPack }) => {
  const { tab } = await visit();
  const tables = await within(tab, () => [...document.querySelectorAll('table[data-sortable]')].map((table) => ({
    id: table.id,
    buttons: table.tHead?.querySelectorAll('th button').length ?? 0,
    rows: globalThis.$claims.rows(table).length,
  })));
  if (isPack) assert.ok(tables.length > 0, 'there is a table[data-sortable]');
  for (const { id, buttons, rows } of tables) {
    assert.notEqual(id, '', 'a sortable table has an id');
    assert.ok(buttons > 0, `#${id} has sort buttons in its thead`);
    let changed = false;
    // Of a long table the first and the last columns will do: the other pages try all.
    const columns = Array.from({ length: buttons }, (_, column) => column);
    for (const column of rows > 100 ? columns.filter((one) => one < 2 || one >= buttons - 2) : columns) {
      const at = { table: id, column };
      const start = await tab.evaluate(order, at);
      await tab.evaluate(({ table, column }) => document.getElementById(table).tHead.querySelectorAll('th button')[column].focus(), at);
      await tab.keyboard.press('Enter');
      const once = await tab.evaluate(order, at);
      await tab.keyboard.press('Space');
      const twice = await tab.evaluate(order, at);
      const where = `#${id}, “${once.name}”`;
      for (const sorted of [once, twice]) {
        assert.ok(['ascending', 'descending'].includes(sorted.sort), `${where}: aria-sort is ${sorted.sort}`);
        assert.equal(sorted.others, 0, `${where}: another column still says that it is sorted`);
        assert.ok(sorted.focus, `${where}: the button keeps the focus`);
        assert.deepEqual([...sorted.rows].sort(), [...start.rows].sort(), `${where}: the rows stay the same`);
        const values = comparable(sorted.cells);
        if (values) {
          const sign = sorted.sort === 'ascending' ? 1 : -1;
          const wrong = values.findIndex((value, place) => place > 0 && (values[place - 1] > value ? 1 : -1) === sign && values[place - 1] !== value);
          assert.equal(wrong, -1, `${where}, ${sorted.sort}: ${sorted.cells[wrong - 1]} before ${sorted.cells[wrong]}`);
        }
      }
      assert.notEqual(once.sort, twice.sort, `${where}: the second time turns the order`);
      changed ||= once.cells.join('\n') !== twice.cells.join('\n');
    }
    if (rows > 1) assert.ok(changed, `#${id}: no column changes the order of its ${rows} rows`);
    t.diagnostic(`#${id}: rows: ${rows}; sort buttons: ${buttons}`);
  }
});

/** A table as filtering leaves it. */
function filtered(id) {
  const claims = globalThis.$claims;
  // Words within one text: how a filter joins texts is its own affair.
  const words = (cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(...(walker.currentNode.data.toLowerCase().match(/[a-z]{4,20}|\d+/g) ?? []));
    return found;
  };
  const table = document.getElementById(id);
  const count = document.querySelector(`[data-filter-count-for="${CSS.escape(id)}"]`);
  return {
    rows: claims.rows(table).map((row) => ({
      text: [...row.cells].map((cell) => cell.textContent).join(' ').replace(/\s+/g, ' ').toLowerCase(),
      words: words(row.cells[0]),
      seen: row.checkVisibility(),
    })),
    count: count?.textContent.trim() ?? null,
    polite: count !== null && (count.localName === 'output' || count.closest('[aria-live="polite"], [role="status"]') !== null),
    value: document.querySelector(`input[data-filter-for="${CSS.escape(id)}"]`).value,
  };
}

claim('a filter hides the rows that do not match, says how many are left, and lets go', async ({ visit, isPack }) => {
  const { tab } = await visit();
  const ids = await within(tab, () => [...document.querySelectorAll('input[type=search][data-filter-for]')].map((one) => one.dataset.filterFor));
  if (isPack) assert.ok(ids.length > 0, 'there is an input[type=search][data-filter-for]');
  for (const id of ids) {
    const where = `the filter of #${id}`;
    assert.ok(await tab.evaluate((one) => document.getElementById(one)?.localName === 'table', id), `${where} has its table`);
    const field = tab.locator(`input[data-filter-for="${id}"]`);
    const start = await tab.evaluate(filtered, id);
    assert.notEqual(start.count, null, `${where} has a [data-filter-count-for]`);
    assert.ok(start.polite, `${where}: its count is an output, or in an aria-live="polite"`);
    assert.ok(start.rows.every(({ seen }) => seen), `${where}: at first all rows are shown`);

    // A word at the head of some rows that not all have; of these the rarest.
    const words = new Set(start.rows.flatMap((row) => row.words));
    const having = (word) => start.rows.filter(({ text }) => text.includes(word)).length;
    const [word] = [...words].map((one) => [one, having(one)]).filter(([, many]) => many < start.rows.length)
      .sort(([, one], [, other]) => one - other).map(([one]) => one);
    const settle = () => tab.waitForTimeout(400);

    // Upper case, to see that it doesn't matter.
    for (const [typed, leave] of [[word?.toUpperCase(), 'Escape'], ['qqzzqq', 'clear']]) {
      if (typed === undefined) continue;
      await field.focus();
      await tab.keyboard.type(typed);
      await settle();
      const now = await tab.evaluate(filtered, id);
      const matches = ({ text }) => text.includes(typed.toLowerCase());
      nothingWrong(now.rows.filter((row) => row.seen !== matches(row)).map((row) => `${row.seen ? 'shown' : 'hidden'}: ${row.text.slice(0, 60)}`), `${where}, “${typed}”`);
      const left = now.rows.filter(({ seen }) => seen).length;
      const said = left === 0 ? /\b(0|no|none|nothing)\b/i : new RegExp(`\\b${left}\\b`);
      assert.match(now.count, said, `${where}: rows left: ${left}`);
      if (leave === 'Escape') await tab.keyboard.press('Escape');
      else for (let letters = 0; letters < typed.length; letters += 1) await tab.keyboard.press('Backspace');
      await settle();
      const back = await tab.evaluate(filtered, id);
      assert.equal(back.value, '', `${where}: ${leave} empties it`);
      assert.ok(back.rows.every(({ seen }) => seen), `${where}: ${leave} brings all rows back`);
    }
  }
});

claim('on paper rows stay whole, heads come again, colours stay and controls go', async ({ t, visit }) => {
  const { tab } = await visit({ viewport: A4_CONTENT });
  await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
  const problems = await within(tab, (width) => {
    const claims = globalThis.$claims;
    const found = matchMedia('print').matches ? [] : ['this is no paper'];
    const each = (selector, wrong) => {
      for (const element of document.querySelectorAll(selector)) {
        const what = wrong(element, getComputedStyle(element));
        if (what) found.push(`${claims.name(element)}: ${what}`);
      }
    };
    each('tr, figure, article, .card', (_, style) => !style.breakInside.startsWith('avoid') && `break-inside is ${style.breakInside}`);
    each('thead', (_, style) => style.display !== 'table-header-group' && `display is ${style.display}`);
    // What scrolls is cut off on paper, and breaks anywhere.
    each('.scroll', (_, style) => (style.overflowX !== 'visible' || style.overflowY !== 'visible') && `overflow is ${style.overflow}`);
    each('table', (table) => {
      const container = table.parentElement;
      return (table.scrollWidth > container.clientWidth + 1 || table.getBoundingClientRect().width > container.clientWidth + 1)
        && `${Math.ceil(Math.max(table.scrollWidth, table.getBoundingClientRect().width))} px in ${container.clientWidth} px`;
    });
    each('body *', (element) => claims.seen(element) && element.getBoundingClientRect().right > width + 1
      && `reaches to ${Math.ceil(element.getBoundingClientRect().right)} px of ${width} px`);
    each('input, select, textarea, a.skip, [data-filter-count-for]', (element) => claims.seen(element) && 'is printed');
    // Greys are decoration, and may go.
    const isColour = (background) => {
      const [red, green, blue, alpha = 1] = (background.match(/^rgba?\((.+)\)$/)?.[1] ?? '').split(',').map(Number);
      return alpha > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 24;
    };
    each('td[data-status], main *', (element, style) => {
      const coloured = element.matches('td[data-status]') || isColour(style.backgroundColor);
      return coloured && style.printColorAdjust !== 'exact' && `print-color-adjust is ${style.printColorAdjust}`;
    });
    each('h2, h3, h4', (_, style) => !style.breakAfter.startsWith('avoid') && `break-after is ${style.breakAfter}: a heading alone at the foot of a page`);
    return found;
  }, A4_CONTENT.width);
  nothingWrong(problems, 'on paper');

  const folded = await tab.evaluate(() => [...document.querySelectorAll('details:not([open])')].filter((one) => {
    const inside = [...one.children].find((child) => child.localName !== 'summary');
    return inside && !inside.checkVisibility({ visibilityProperty: true });
  }).length);
  if (folded > 0) t.diagnostic(`details that stay folded on paper: ${folded}`);

  const pdf = (await tab.pdf({ preferCSSPageSize: true, printBackground: false })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, wide, high]) => [wide, high].map((side) => Math.round(side)));
  assert.ok(boxes.length > 0, 'the PDF has pages');
  const isA4 = ([one, other]) => Math.abs(Math.min(one, other) - 595) <= 2 && Math.abs(Math.max(one, other) - 842) <= 2;
  nothingWrong(boxes.filter((box) => !isA4(box)).map((box) => box.join(' × ')), 'pages that are not A4: @page { size: A4 }');
  t.diagnostic(`pages: ${boxes.length}`);
});

/** The cells of the heat map, with their colours as they are painted. */
function cells() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  // Whatever CSS writes a colour as: the canvas knows it. From behind to the front.
  const painted = new Map();
  const mix = (layers) => {
    const key = layers.join(' on ');
    if (!painted.has(key)) {
      paint.fillStyle = '#fff';
      paint.fillRect(0, 0, 1, 1);
      for (const layer of [...layers].reverse()) {
        paint.fillStyle = layer;
        paint.fillRect(0, 0, 1, 1);
      }
      painted.set(key, [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3));
    }
    return painted.get(key);
  };
  return [...document.querySelectorAll('#map td[data-status]')].map((cell) => {
    const layers = [];
    // A cell may be coloured by the one element that fills it.
    for (let up = cell.firstElementChild ?? cell; up; up = up.parentElement) layers.push(getComputedStyle(up).backgroundColor);
    return {
      name: globalThis.$claims.name(cell),
      status: cell.dataset.status,
      text: globalThis.$claims.letters(cell),
      colour: mix(layers),
    };
  });
}

claim('every cell of the map has a word or a letter, one for each status', async ({ visit }) => {
  const { tab } = await visit();
  const found = await within(tab, cells);
  const wrong = found.filter(({ status, text }) => !STATUSES.includes(status) || text === '');
  nothingWrong(wrong.map(({ name, status, text }) => `td[data-status=${status}] says “${text}”: ${name}`), 'cells');
  const mute = await within(tab, () => [...document.querySelectorAll('[data-status]')]
    .filter((one) => globalThis.$claims.seen(one) && globalThis.$claims.letters(one) === '').map(globalThis.$claims.name));
  nothingWrong(mute, 'colour alone');
  for (const colour of ['red', 'amber', 'green']) {
    assert.ok(found.some(({ status }) => status === colour), `there is a ${colour} cell`);
  }
  const signs = new Map();
  for (const { status, text } of found) signs.set(text, new Set([...(signs.get(text) ?? []), status]));
  const same = [...signs].filter(([, statuses]) => statuses.size > 1);
  nothingWrong(same.map(([text, statuses]) => `“${text}” stands for ${[...statuses].join(' and ')}`), 'the same text for different statuses');
  const uneven = await within(tab, () => [...document.querySelectorAll('#map table:has([data-status])')].flatMap((table) => {
    const counts = new Set(globalThis.$claims.rows(table).map((row) => row.querySelectorAll('[data-status]').length));
    return counts.size > 1 ? [`${globalThis.$claims.name(table)}: ${[...counts].join(', ')} cells a row`] : [];
  }));
  nothingWrong(uneven, 'rows with more cells than others');
}, { only: ['domain', 'big', 'nasty'] });

for (const colorScheme of ['light', 'dark']) {
  claim(`red, amber and green stay apart to those who see fewer colours, ${colorScheme}`, async ({ t, visit }) => {
    const { tab } = await visit({ colorScheme });
    const found = await within(tab, cells);
    const colours = (status) => [...new Set(found.filter((cell) => cell.status === status).map(({ colour }) => colour.join()))]
      .map((colour) => colour.split(',').map(Number));
    const problems = [];
    for (const [one, other] of [['red', 'amber'], ['red', 'green'], ['amber', 'green']]) {
      assert.ok(colours(one).length > 0 && colours(other).length > 0, `there are ${one} and ${other} cells`);
      for (const vision of ['full vision', ...DEFICIENCIES, 'achromatopsia']) {
        const pairs = colours(one).flatMap((a) => colours(other).map((b) => ({ a, b, apart: difference(a, b, vision) })));
        const { a, b, apart } = pairs.reduce((least, pair) => (pair.apart < least.apart ? pair : least));
        const told = `${one} rgb(${a}) and ${other} rgb(${b}), ${vision}: ${apart.toFixed(1)}`;
        t.diagnostic(told);
        if (vision !== 'achromatopsia' && apart < LEAST_DIFFERENCE) problems.push(told);
      }
    }
    nothingWrong(problems, `less than ${LEAST_DIFFERENCE} apart`);
  }, { only: ['domain'] });
}

claim('the difference of two colours is what colour science says', () => {
  // Black and white, and the published distance of sRGB's red and green.
  assert.equal(Math.round(difference([0, 0, 0], [255, 255, 255], 'full vision')), 100);
  assert.equal(difference([255, 0, 0], [0, 255, 0], 'full vision').toFixed(0), '171');
  // A pair that people with deuteranopia are known to confuse.
  assert.ok(difference([200, 60, 60], [110, 110, 50], 'deuteranopia') < LEAST_DIFFERENCE);
  assert.ok(difference([200, 60, 60], [110, 110, 50], 'tritanopia') > LEAST_DIFFERENCE);
}, { only: ['domain'] });

claim('no text becomes markup', async ({ page, visit }) => {
  const { tab, heard } = await visit();
  const wrong = await within(tab, () => {
    const found = [];
    const each = (selector, what, allowed = 0) => {
      const all = [...document.querySelectorAll(selector)];
      if (all.length > allowed) found.push(`${all.length} ${what}: ${all.slice(allowed, allowed + 3).map((one) => one.outerHTML.slice(0, 100)).join(' ')}`);
    };
    each('script', 'scripts; the page has one of its own', 1);
    each('img, iframe, object, embed, base, form[action], meta[http-equiv="refresh"]', 'elements that no page has');
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`${element.localName}[${name}=${value.slice(0, 60)}]`);
        const leads = ['href', 'xlink:href', 'src', 'action', 'formaction', 'data'].includes(name);
        // As a browser reads it: without control characters, and without blanks in front.
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\u0000-\u0020]/g, ''))?.[1].toLowerCase();
        if (leads && scheme && !['http', 'https', 'mailto'].includes(scheme)) found.push(`${element.localName}[${name}=${value.slice(0, 60)}]`);
      }
    }
    // Clicking what looks like a link of another kind.
    for (const link of document.querySelectorAll('a[href]')) {
      if (!['http:', 'https:', 'mailto:', location.protocol].includes(link.protocol)) found.push(`leads to ${link.href.slice(0, 60)}`);
    }
    return found;
  });
  nothingWrong(wrong, 'not the page’s own');
  nothingWrong(heard.dialogs, 'alerts');
  nothingWrong(heard.errors, 'errors');

  if (page.name !== 'nasty') return;
  const text = await tab.evaluate(() => document.body.textContent.replace(/\s+/g, ' '));
  const absent = [...NASTY, ...NO_LINKS].filter((one) => !text.includes(one.trim().replace(/\s+/g, ' ')));
  nothingWrong(absent, 'not there as it was written');
  // Raw, they reorder what stands around them, or aren't allowed in HTML at all.
  const raw = [...new Set(text.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g) ?? [])];
  nothingWrong(raw.map((letter) => `U+${letter.codePointAt(0).toString(16).padStart(4, '0')}`), 'characters that act');
  const bytes = readFileSync(page.file, 'utf8');
  assert.doesNotMatch(bytes, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/, 'no control characters in the file');
  assert.ok(!bytes.includes('"><b>'), 'addresses are escaped');
});

claim('300 services load and answer in time', async ({ t, page, visit }) => {
  const services = await (async () => {
    const { tab } = await visit();
    return within(tab, () => Math.max(0, ...[...document.querySelectorAll('table')].map((table) => globalThis.$claims.rows(table).length)));
  })();
  assert.ok(services >= 300, `the longest table has ${services} rows`);

  // The best of three: a machine that is busy is not the page's fault.
  const best = async (measure) => {
    const times = [];
    for (let run = 0; run < 3; run += 1) times.push(await measure());
    return Math.round(Math.min(...times));
  };
  const loaded = await best(async () => {
    const { tab, context } = await visit();
    const time = await tab.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd);
    await context.close();
    return time;
  });

  const { tab } = await visit();
  await tab.evaluate(HELPERS);
  const longest = await tab.evaluate(() => {
    const claims = globalThis.$claims;
    const fields = [...document.querySelectorAll('input[data-filter-for]')];
    const many = (field) => claims.rows(document.getElementById(field.dataset.filterFor)).length;
    return fields.sort((one, other) => many(other) - many(one))[0].dataset.filterFor;
  });
  // From the event until the next frame that shows what came of it.
  const filtering = await best(() => tab.evaluate((id) => new Promise((done) => {
    const field = document.querySelector(`input[data-filter-for="${CSS.escape(id)}"]`);
    const shown = () => globalThis.$claims.rows(document.getElementById(id)).filter((row) => row.checkVisibility()).length;
    const set = (value) => {
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    const all = shown();
    const began = performance.now();
    set('service number 29');
    const look = () => {
      const time = performance.now() - began;
      if ((shown() < all && shown() > 0) || time > 10_000) {
        set('');
        const wait = () => (shown() === all ? done(time) : requestAnimationFrame(wait));
        requestAnimationFrame(wait);
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }), longest));
  const sorting = await best(() => tab.evaluate((id) => new Promise((done) => {
    const table = document.getElementById(id);
    const button = table.tHead.querySelector('th button');
    const first = () => globalThis.$claims.rows(table)[0].textContent;
    const before = first();
    const began = performance.now();
    button.click();
    const look = () => {
      const time = performance.now() - began;
      if (first() !== before || time > 10_000) done(time);
      else requestAnimationFrame(look);
    };
    // Sorted already: turning the order shows.
    requestAnimationFrame(() => {
      if (first() === before) button.click();
      requestAnimationFrame(look);
    });
  }), longest));

  const size = statSync(page.file).size;
  t.diagnostic(`${services} services: ${(size / 1e6).toFixed(2)} MB; loaded in ${loaded} ms; filtered in ${filtering} ms, sorted in ${sorting} ms`);
  assert.ok(loaded <= LOADED_WITHIN, `loaded in ${loaded} ms`);
  assert.ok(filtering <= ANSWERED_WITHIN, `filtered in ${filtering} ms`);
  assert.ok(sorting <= ANSWERED_WITHIN, `sorted in ${sorting} ms`);
}, { only: ['big'] });

claim('every drawing says what it shows', async ({ t, visit, isPack }) => {
  const { tab } = await visit();
  const drawings = await within(tab, () => [...document.querySelectorAll('svg')].filter((svg) => !svg.closest('[aria-hidden="true"]')).map((svg) => ({
    name: globalThis.$claims.name(svg),
    role: svg.getAttribute('role'),
    label: globalThis.$claims.named(svg),
    titled: svg.querySelector(':scope > title')?.textContent.trim() ?? '',
    byTitle: (svg.getAttribute('aria-labelledby') ?? '').split(/\s+/).includes(svg.querySelector(':scope > title')?.id || '-'),
  })));
  const wrong = drawings.flatMap(({ name, role, label, titled, byTitle }) => {
    const what = [
      role !== 'img' && `role is ${role}`,
      titled === '' && 'no title',
      !byTitle && 'aria-labelledby does not name its title',
      label === '' && 'no accessible name',
    ].filter(Boolean);
    return what.length > 0 ? [`${name}: ${what.join(', ')}`] : [];
  });
  nothingWrong(wrong, 'drawings');
  const all = await tab.evaluate(() => document.querySelectorAll('svg').length);
  t.diagnostic(`drawings with a name: ${drawings.length}; for decoration: ${all - drawings.length}`);
  if (isPack) assert.ok(drawings.length > 0, 'there is a drawing');
});

claim('the page can be found one’s way in: language, title, headings, contents', async ({ visit, isPack }) => {
  const { tab } = await visit();
  const { lang, title, charset, mode, headings, sections, ids, links, contents } = await within(tab, () => {
    const claims = globalThis.$claims;
    return {
      lang: document.documentElement.lang,
      title: document.title.trim(),
      charset: document.characterSet,
      mode: document.compatMode,
      headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => ({ level: Number(one.localName[1]), text: claims.words(one) })),
      sections: [...document.querySelectorAll('main > section')].map((section) => {
        const heading = document.getElementById(section.getAttribute('aria-labelledby') ?? '');
        return { id: section.id, headed: heading !== null && section.contains(heading) && /^H[2-6]$/.test(heading.tagName) && claims.words(heading) !== '' };
      }),
      ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
      links: [...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.getAttribute('href').slice(1))),
      contents: [...document.querySelectorAll('nav a[href^="#"]')].map((link) => link.getAttribute('href').slice(1)),
    };
  });
  assert.match(lang, /^en/);
  assert.notEqual(title, '', 'it has a title');
  assert.equal(charset, 'UTF-8');
  assert.equal(mode, 'CSS1Compat', 'it has a doctype');

  nothingWrong(headings.filter(({ text }) => text === '').map(({ level }) => `h${level}`), 'headings without a text');
  assert.equal(headings.filter(({ level }) => level === 1).length, 1, 'one h1');
  assert.equal(headings[0]?.level, 1, 'h1 comes first');
  const jumps = headings.filter(({ level }, at) => at > 0 && level > headings[at - 1].level + 1);
  nothingWrong(jumps.map(({ level, text }) => `h${level} “${text}”`), 'headings that leave a level out');

  const wanted = isPack ? SECTIONS.pack : SECTIONS.summary;
  const found = sections.map(({ id }) => id);
  nothingWrong(wanted.filter((id) => !found.includes(id)), 'sections that are missing');
  nothingWrong(sections.filter(({ id, headed }) => id === '' || !headed).map(({ id }) => `section#${id}`), 'sections without an id, or whose aria-labelledby is not their heading');
  nothingWrong(found.filter((id) => !contents.includes(id)), 'sections that no link in a nav leads to');
  nothingWrong([...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))], 'ids given twice');
  const known = new Set([...ids, 'top', '']);
  nothingWrong([...new Set(links.filter((id) => !known.has(id)))].map((id) => `#${id}`), 'links that lead nowhere');
});

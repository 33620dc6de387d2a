// The browser and the pages, for tests and screenshots.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const PHONE = { width: 390, height: 844 };
export const LAPTOP = { width: 1440, height: 900 };
/** What is left of A4's width at 96 dots an inch within margins of a centimetre. */
export const A4_CONTENT = { width: 718, height: 1047 };
export const A4 = { width: 794, height: 1123 };

/** `run` sets both variables. */
function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; start the tests with tests/browser/run`);
  return value;
}

/** The pages, each with what it is for. */
export function pages() {
  const folder = resolve(required('FUNDAMENTALS_PAGES'));
  const all = ['domain', 'estate', 'big', 'nasty'].map((name) => {
    const file = join(folder, `${name}.html`);
    return { name, file, url: pathToFileURL(file).href };
  });
  const missing = all.filter(({ file }) => !existsSync(file));
  if (missing.length > 0) {
    const found = existsSync(folder) ? readdirSync(folder).join(', ') : 'no such folder';
    throw new Error(`${folder} lacks ${missing.map(({ name }) => `${name}.html`).join(', ')} (found: ${found})`);
  }
  return all;
}

export function launch() {
  return chromium.launch({ executablePath: required('CHROMIUM') });
}

/**
 * Opens a page in a context of its own, which is to be closed. Whatever it says or asks for is kept in `heard`; whatever
 * it asks for is refused.
 */
export async function open(browser, page, options = {}) {
  const context = await browser.newContext({ viewport: LAPTOP, colorScheme: 'light', ...options });
  const heard = { console: [], errors: [], requests: [], dialogs: [] };
  await context.route(() => true, (route) => {
    const url = route.request().url();
    if (url.split('#')[0] === page.url) return route.continue();
    heard.requests.push(url);
    return route.abort();
  });
  const tab = await context.newPage();
  tab.on('console', (message) => heard.console.push({ type: message.type(), text: message.text() }));
  tab.on('pageerror', (error) => heard.errors.push(String(error)));
  tab.on('dialog', (dialog) => {
    heard.dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  // Some requests never reach the route above.
  tab.on('request', (request) => {
    const url = request.url();
    if (url.split('#')[0] !== page.url && !url.startsWith('data:')) heard.requests.push(url);
  });
  tab.on('requestfailed', (request) => heard.requests.push(`${request.url()} failed`));
  await tab.goto(page.url, { waitUntil: 'load' });
  return { context, tab, heard };
}

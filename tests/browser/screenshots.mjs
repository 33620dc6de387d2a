// Pictures of the pages, for people to look at: node screenshots.mjs FOLDER. `run --screenshots` starts it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { A4, LAPTOP, PHONE, launch, open, pages } from './browser.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('name a folder for the pictures');
mkdirSync(folder, { recursive: true });

// A browser draws no picture higher than this; what is below is left out.
const HIGHEST = 16_000;

const browser = await launch();
try {
  for (const page of pages()) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, viewport, media] of [['phone', PHONE, 'screen'], ['laptop', LAPTOP, 'screen'], ['a4', A4, 'print']]) {
        const { context, tab } = await open(browser, page, { viewport, colorScheme });
        await tab.emulateMedia({ media, colorScheme });
        const path = join(folder, `${page.name}-${name}-${colorScheme}.png`);
        const high = await tab.evaluate(() => document.documentElement.scrollHeight);
        const clip = { x: 0, y: 0, width: viewport.width, height: Math.min(high, HIGHEST) };
        await tab.screenshot({ path, fullPage: true, clip });
        console.log(path);
        await context.close();
      }
    }
    const { context, tab } = await open(browser, page);
    const path = join(folder, `${page.name}.pdf`);
    await tab.pdf({ path, format: 'A4', preferCSSPageSize: true });
    console.log(path);
    await context.close();
  }
} finally {
  await browser.close();
}

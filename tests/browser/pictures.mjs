// The pictures of docs/review.md: node pictures.mjs FOLDER. `run --pictures` starts it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { LAPTOP, launch, open, pages } from './browser.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('name a folder for the pictures');
mkdirSync(folder, { recursive: true });

/** From the top of each section, so much as tells what it is like. */
const PICTURES = [
  ['glance', 690],
  ['changes', 700],
  ['map', 720],
  ['slos', 760],
  ['talk', 640],
];

const browser = await launch();
try {
  const domain = pages().find(({ name }) => name === 'domain');
  const { context, tab } = await open(browser, domain, { viewport: LAPTOP });
  for (const [section, height] of PICTURES) {
    const box = await tab.locator(`#${section}`).boundingBox();
    const clip = { x: box.x - 16, y: box.y, width: box.width + 32, height: Math.min(height, box.height) };
    const path = join(folder, `pack-${section}.png`);
    await tab.screenshot({ path, fullPage: true, clip });
    console.log(path);
  }
  await context.close();
} finally {
  await browser.close();
}

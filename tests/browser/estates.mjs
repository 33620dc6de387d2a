// Two estates that no example should have: one far larger than a domain, and one whose every text means harm.
// Files are written as JSON, which is YAML too.
//
//     node estates.mjs big|nasty FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REVIEWS = ['2026-02-17', '2026-04-14', '2026-06-09', '2026-08-04', '2026-09-29', '2026-11-24'];
// A week before each of the reviews.
const ASSESSED = ['2026-02-10', '2026-04-07', '2026-06-02', '2026-07-28', '2026-09-22', '2026-11-17'];
const MONTHS = ['2026-08', '2026-09', '2026-10'];

/** Text that turns into something else wherever it isn't escaped for its place, each with its number. */
export const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror="alert(2)">',
  "' onmouseover='alert(3)' x='",
  '</style><script>alert(4)</script>',
  '</script><script>alert(5)</script>',
  '</title><iframe src="javascript:alert(6)"></iframe>',
  '--><script>alert(7)</script><!--',
  '</svg><svg onload="alert(8)">',
  '</td></tr></table><base href="https://evil.example.com/">',
  '&lt;script&gt;alert(9)&lt;/script&gt;',
  '{{7*7}} ${alert(10)} `alert(11)` \\u003cscript\\u003e',
  ']]><meta http-equiv="refresh" content="0;url=https://evil.example.com/">',
];
/** What may stand in a text, and may never become a link; a file with it as its link or evidence is refused. */
export const NO_LINKS = ['javascript:alert(12)', 'data:text/html,<script>alert(13)</script>', ' JaVaScRiPt:alert(14)'];
const REORDERED = 'paid \u202egnp.exe\u202c and \u2066isolated\u2069';
const ESCAPES = '\u001b[31mred\u001b[0m\u0007 bell \u009b2J';
const LONG = 'Verylongwordthatnobodywouldwrite'.repeat(12);

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function write(folder, path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Letters beyond ASCII are escaped: YAML and TOML refuse some of those that JSON takes as they are. */
const ascii = (text) =>
  text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const json = (value) => `${ascii(JSON.stringify(value, null, 1))}\n`;

/** The newest built-in rubric's categories: their ids, and the colours that each defines. */
function categories() {
  const rubric = new URL('../../rubric/fundamentals/v2.toml', import.meta.url);
  const tables = readFileSync(rubric, 'utf8').split('[[pillar.category]]').slice(1);
  return tables.map((table) => ({
    id: /^id = "(.+)"$/m.exec(table)[1],
    colours: ['red', 'amber', 'green'].filter((colour) => new RegExp(`^${colour} = `, 'm').test(table)),
  }));
}

function big(folder) {
  const roll = dice(20261120);
  const all = categories();
  const platforms = Array.from({ length: 12 }, (_, number) => `platform-${number + 1}`);
  const domain = `[[domain]]\nid = "shopping"\ntitle = "Shopping"\nreviews = [${REVIEWS.join(', ')}]\n`;
  write(folder, 'fundamentals.toml', `[estate]\nname = "Large Shop"\n\n${domain}`);
  const results = ['service,slo,period,objective,attained'];
  for (let number = 1; number <= 300; number += 1) {
    const id = `service-${String(number).padStart(3, '0')}`;
    const score = ({ colours }) => {
      const rag = colours[Math.min(roll(5), colours.length - 1)];
      return roll(4) === 0 ? { rag, because: `What ${id} was found to be on that day, in a sentence of some length` } : rag;
    };
    const assessments = ASSESSED.slice(roll(2)).map((date, visit) => {
      // Nearly everything is judged on the first visit; afterwards a few categories a time.
      const judged = all.filter(() => (visit === 0 ? roll(20) > 0 : roll(8) === 0));
      const scores = Object.fromEntries(judged.map((category) => [category.id, score(category)]));
      if (visit === 0 && roll(3) === 0) {
        scores[all[roll(all.length)].id] = { rag: 'not-applicable', because: 'It has nothing of the kind' };
      }
      return { date, rubric: 'fundamentals@2', by: [`team-${number}`], scores, ...(visit > 0 && { confirmed: 'all' }) };
    });
    const actions = Array.from({ length: roll(4) }, (_, action) => ({
      what: `Do the ${action + 1}. thing that ${id} needs`,
      category: all[roll(all.length)].id,
      ...(roll(4) > 0 && { owner: `team-${number}` }),
      raised: ASSESSED[1 + roll(4)],
      due: ['2026-10-13', '2026-11-24', '2027-01-19'][roll(3)],
      target: 'green',
      ...(roll(3) === 0 && { support: 'platform-engineering' }),
    }));
    const waivers = roll(20) > 0 ? [] : [{
      category: all[roll(all.length)].id,
      until: ['2026-12-31', '2027-03-31'][roll(2)],
      because: 'It is replaced in spring',
      'approved-by': 'head-of-engineering',
    }];
    const goldenThread = roll(3) === 0;
    write(folder, `services/${id}.yaml`, json({
      service: id,
      title: `Service number ${number}`,
      domain: 'shopping',
      platform: platforms[roll(platforms.length)],
      owner: `team-${number}`,
      criticality: goldenThread ? 'mission-critical' : ['low', 'business-operational', 'business-critical'][roll(3)],
      'golden-thread': goldenThread,
      tags: ['api'],
      assessments,
      actions,
      waivers,
    }));
    for (const month of MONTHS) {
      results.push(`${id},availability,${month},99.9%,${(99.5 + roll(500) / 1000).toFixed(3)}%`);
    }
  }
  write(folder, 'slo/results.csv', `${results.join('\n')}\n`);
}

function nasty(folder) {
  const everything = [...NASTY, ...NO_LINKS, REORDERED, ESCAPES, LONG];
  // A different one at each place, so that each reaches most kinds of places.
  let next = 0;
  const text = () => everything[next++ % everything.length];
  const quoted = (words) => ascii(JSON.stringify(words));

  const domain = `[[domain]]\nid = "shopping"\ntitle = ${quoted(NASTY[0])}\nreviews = [${REVIEWS.join(', ')}]\n`;
  write(folder, 'fundamentals.toml', `[estate]\nname = ${quoted(NASTY[3])}\n\n${domain}`);

  const ids = Array.from({ length: 8 }, (_, number) => `category-${number + 1}`);
  const guidance = `guidance = [{ title = ${quoted(NASTY[1])}, href = "https://wiki.example.com/?a=1&b=%22%3E<b>'" }]`;
  const category = (id, number) => `
[[pillar.category]]
id = "${id}"
title = ${quoted(NASTY[number])}
question = ${quoted(text())}
red = ${quoted(`red: ${text()}`)}
amber = ${quoted(`amber: ${text()}`)}
green = ${quoted(`green: ${text()}`)}
${guidance}
`;
  const pillar = (id, title, own) => `\n[[pillar]]\nid = "${id}"\ntitle = ${quoted(title)}\n${own.join('')}`;
  const tables = ids.map(category);
  write(folder, 'rubric/nasty/v1.toml', [
    `id = "nasty"\nversion = "1.0"\ntitle = ${quoted(NASTY[4])}\npublished = 2025-01-07\n`,
    pillar('first', NASTY[7], tables.slice(0, 4)),
    pillar('second', NASTY[8], tables.slice(4)),
  ].join(''));

  const colours = ['red', 'amber', 'green'];
  const results = ['service,slo,period,objective,attained'];
  for (let number = 0; number < everything.length; number += 1) {
    const id = `service-${number + 1}`;
    const scores = (shift) => Object.fromEntries(ids.map((one, place) => [one, {
      rag: colours[(number + place + shift) % 3],
      because: text(),
      evidence: [NASTY[(number + place) % 9], 'https://example.com/?q="><b>', `mailto:"><b>@example.com`],
      note: text(),
    }]));
    write(folder, `services/${id}.yaml`, json({
      service: id,
      title: everything[number],
      domain: 'shopping',
      platform: 'checkout',
      owner: text(),
      criticality: 'mission-critical',
      'golden-thread': number % 2 === 0,
      tags: [text(), text()],
      links: [
        { title: text(), href: 'https://example.com/"><script>alert(15)</script>' },
        { title: text(), href: './"onmouseover="alert(16)' },
      ],
      assessments: ASSESSED.map((date, visit) => (
        { date, rubric: 'nasty@1', by: [text()], with: [text()], scores: scores(visit) })),
      actions: [0, 1].map((action) => ({
        what: text(),
        category: ids[(number + action) % ids.length],
        owner: text(),
        raised: '2026-08-04',
        due: action === 0 ? '2026-10-13' : '2026-12-15',
        target: 'green',
        support: text(),
        because: text(),
      })),
      waivers: [{
        category: ids[number % ids.length],
        until: '2027-01-31',
        because: text(),
        'approved-by': text(),
        evidence: NASTY[number % 9],
      }],
    }));
    const name = everything[number].replaceAll('"', '""');
    for (const month of MONTHS) results.push(`${id},"${name}",${month},99.9%,99.${number + 10}%`);
  }
  write(folder, 'slo/results.csv', `${results.join('\n')}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [estate, folder] = process.argv.slice(2);
  ({ big, nasty })[estate](folder);
}

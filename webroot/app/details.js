// The technical details of a video: its plan, its chunks as a heat map that fills in while they are encoded, and its
// timings.
import * as api from './api.js';
import { h, say, set } from './dom.js';
import { clock } from './format.js';
import { isTerminal } from './state.js';
import { heats, othersOf, planOf, rowsOf } from './timings.js';

const REFRESH_MS = 2000;
const STATES = {
  WAITING: 'waiting',
  QUEUED: 'queued',
  RUNNING: 'being made',
  DONE: 'done',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};
const seconds = (value) => (value === null ? '' : `${value.toFixed(value < 10 ? 2 : 1)} s`);

/** Asks for the plan only while the drawer is open, and only as long as something may still happen. */
export function details(drawer, id) {
  const status = h('p', { class: 'hint', role: 'status' });
  const plan = h('dl', { class: 'facts' });
  const map = h('div', { class: 'heat', hidden: true });
  const totals = h('table', { class: 'figures' });
  const all = h('table', { class: 'figures' });
  const every = h('details', { class: 'every' }, h('summary', {}, 'Timings of every chunk'), scroller(all, 'Every chunk'));
  const body = h('div', { class: 'details-body' }, status, plan, map, legend(), scroller(totals, 'By tier'), every);
  drawer.append(body);
  let video = null;
  let timer = null;
  let last = null;

  drawer.addEventListener('toggle', () => {
    if (drawer.open) read();
    else clearTimeout(timer);
  });
  every.addEventListener('toggle', () => last && drawEvery(last));

  async function read() {
    clearTimeout(timer);
    const settled = video && isTerminal(video);
    try {
      last = await api.manifest(id);
      draw(last);
      say(status, '');
    } catch (refusal) {
      say(status, refusal.code === 'not_planned' ? 'There is no plan yet.' : refusal.message);
    }
    if (drawer.open && !settled) timer = setTimeout(read, REFRESH_MS);
  }

  function draw(manifest) {
    const rows = rowsOf(manifest, Date.now());
    const facts = planOf(manifest).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
    replace(plan, facts);
    drawMap(rows);
    drawTotals(rows, othersOf(manifest, Date.now()));
    drawEvery(manifest);
  }

  function drawMap(rows) {
    map.hidden = rows.length === 0;
    const heat = heats(rows);
    rows.forEach((row, at) => {
      const line = map.children[at] ?? map.appendChild(mapLine(row));
      const [, cells] = line.children;
      set(cells, { 'aria-label': `${row.name}: ${row.done} of ${row.cells.length} chunks done, ${row.failed} failed` });
      row.cells.forEach((cell, number) => {
        const box = cells.children[number] ?? cells.appendChild(h('i'));
        set(box, { 'data-state': cell.state, title: titleOf(row, cell) });
        box.style.setProperty('--heat', heat(cell).toFixed(2));
      });
    });
  }

  function drawTotals(rows, others) {
    const head = ['Qualities', 'Done', 'Work', 'Per chunk', 'Slowest', 'Speed'];
    const tiers = rows.map((row) => [
      row.name,
      `${row.done} of ${row.cells.length}${row.failed ? `, ${row.failed} failed` : ''}`,
      seconds(row.seconds),
      seconds(row.mean),
      row.slowest ? `no. ${row.slowest.chunk}, ${seconds(row.slowest.seconds)}` : '',
      row.speed ? `${row.speed.toFixed(1)}×` : '',
    ]);
    const rest = others.map((task) => [task.name, STATES[task.state] ?? task.state, seconds(task.seconds), '', '', '']);
    table(totals, 'Work by tier', head, [...tiers, ...rest]);
  }

  function drawEvery(manifest) {
    if (!every.open) return;
    const rows = rowsOf(manifest, Date.now());
    const head = ['Chunk', 'From', 'Length', ...rows.map((row) => row.name)];
    const lines = manifest.chunks.map((chunk, at) => [
      String(chunk.index),
      clock(chunk.start),
      seconds(chunk.duration),
      ...rows.map(({ cells }) =>
        cells[at].state === 'DONE' ? seconds(cells[at].seconds) : (STATES[cells[at].state] ?? cells[at].state),
      ),
    ]);
    table(all, 'Seconds of work for every chunk', head, lines);
  }

  return {
    show(next) {
      const ended = video && !isTerminal(video) && isTerminal(next);
      video = next;
      if (ended && drawer.open) read();
    },
  };
}

const mapLine = (row) =>
  h('div', { class: 'heat-line' }, h('span', { class: 'heat-name' }, row.name), h('div', { class: 'heat-cells', role: 'img' }));

function titleOf(row, cell) {
  const parts = [`${row.name}, chunk ${cell.chunk} at ${clock(cell.start)}: ${STATES[cell.state] ?? cell.state}`];
  if (cell.seconds !== null) parts.push(seconds(cell.seconds));
  if (cell.cost) parts.push(`${(1 / cell.cost).toFixed(1)}× as fast as it plays`);
  if (cell.attempt > 1) parts.push(`attempt ${cell.attempt}`);
  if (cell.worker) parts.push(`by ${cell.worker}`);
  return parts.join(', ');
}

function legend() {
  const entry = (state, text, heat = 0) => {
    const box = h('i', { 'data-state': state });
    box.style.setProperty('--heat', heat);
    return h('li', {}, box, text);
  };
  const entries = [entry('WAITING', 'waiting'), entry('RUNNING', 'being made'), entry('DONE', 'done quickly', 0.1)];
  entries.push(entry('DONE', 'done slowly', 1), entry('FAILED', 'failed'));
  return h('ul', { class: 'plain heat-legend', 'aria-label': 'Colours of the map' }, ...entries);
}

/** What is wider than the window moves within itself, by keys too. */
const scroller = (content, name) => h('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': name }, content);

function table(element, caption, head, lines) {
  const row = (kind, words) => h('tr', {}, ...words.map((word, at) => cellOf(kind, word, at)));
  replace(element, [
    h('caption', { class: 'visually-hidden' }, caption),
    h('thead', {}, row('head', head)),
    h('tbody', {}, ...lines.map((line) => row('body', line))),
  ]);
}

function cellOf(kind, word, at) {
  if (kind === 'head') return h('th', { scope: 'col' }, word);
  return at === 0 ? h('th', { scope: 'row' }, word) : h('td', {}, word);
}

/** Only when something has changed: what is selected or read out stays so. */
function replace(element, children) {
  if (element.textContent !== children.map((child) => child.textContent).join('')) element.replaceChildren(...children);
}

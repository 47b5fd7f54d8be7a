'use strict';

const MOST_CHANGES = 20;
const POLL = 5000;
const POLLS_PER_COUNT = 12; /* the service counts all rows */
let polls = 0;
const HARMLESS = new Set(['fresh', 'other-tool']);
const equivalent = document.body.dataset.equivalent;
const byId = (id) => document.getElementById(id);

/* Text of the service only ever becomes text: no markup is made from it. */
function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function age(seconds) {
  if (seconds < 120) return Math.max(0, seconds) + ' s ago';
  if (seconds < 7200) return Math.floor(seconds / 60) + ' min ago';
  return Math.floor(seconds / 3600) + ' h ago';
}

const number = (value) => value.toLocaleString('en');

async function ask(target) {
  const response = await fetch(target);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}

function showEntries(indexes) {
  byId('entries').replaceChildren(...indexes.map((index) => {
    const findings = Object.entries(index.verdicts).filter(([verdict]) => !HARMLESS.has(verdict));
    const row = document.createElement('tr');
    const name = element('th', '');
    name.scope = 'row';
    name.append(element('code', index.entry));
    row.append(
      name,
      element('td', number(index.records), 'n'),
      element('td', number(findings.reduce((sum, [, count]) => sum + count, 0)), 'n'),
      element('td', Object.entries(index.verdicts).map(([verdict, count]) => number(count) + ' ' + verdict).join(', ')),
      element('td', number(index.generation), 'n'),
      element('td', age(index.age_seconds), 'n'));
    return row;
  }));
}

function showHistory(samples) {
  if (samples.length === 0) return;
  const begin = Date.parse(samples[0].time);
  const end = Math.max(Date.parse(samples[samples.length - 1].time), begin + 1);
  const most = Math.max(1, ...samples.map((sample) => sample.findings));
  const points = samples.map((sample) =>
    600 * (Date.parse(sample.time) - begin) / (end - begin) + ',' + (115 - 110 * sample.findings / most));
  if (points.length === 1) points.push('600,' + points[0].split(',')[1]);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('points', points.join(' '));
  byId('history').replaceChildren(line);
  const last = samples[samples.length - 1];
  byId('history-text').textContent = number(last.findings) + ' findings now, ' + number(most) + ' at the most, since '
    + new Date(begin).toLocaleString();
}

function showEquivalences(stats) {
  byId('equivalences').textContent = number(stats.rows) + ' rows of ' + number(stats.methods) + ' methods, '
    + number(Math.ceil(stats.bytes / 1024)) + ' KiB. Since the service started: ' + number(stats.reported) + ' reports, '
    + number(stats.asked) + ' questions, ' + number(stats.known) + ' of them about a task that was known. Of single questions, '
    + number(stats.cache.hits) + ' were answered from memory, which has ' + number(stats.cache.size) + ' tasks, and '
    + number(stats.cache.misses) + ' by the database.';
}

async function poll() {
  try {
    const [entries, history] = await Promise.all([ask('/v1/entries'), ask('/v1/history')]);
    if (polls % POLLS_PER_COUNT === 0) showEquivalences(await ask(equivalent + '/stats'));
    polls++;
    showEntries(entries.indexes);
    showHistory(history.samples);
    byId('state').textContent = 'Up to date as of ' + new Date().toLocaleTimeString() + '.';
  } catch (failed) {
    byId('state').textContent = 'The service does not answer: ' + failed.message;
  }
}

function showChange(event) {
  const change = JSON.parse(event.data);
  const item = document.createElement('li');
  item.append(
    element('code', change.entry + '/' + (change.pyc || change.source)), ': ',
    element('strong', change.verdict ? change.verdict + ' (' + change.reason + ')' : (change.tag || 'legacy') + ' is gone'),
    change.before === null ? ', new' : ', before: ' + change.before);
  const list = byId('changes');
  list.prepend(item);
  while (list.children.length > MOST_CHANGES) list.lastElementChild.remove();
  byId('quiet').hidden = true;
}

function showAnswer(paths) {
  byId('answer').replaceChildren(...paths.flatMap((path) => {
    if (!path.known) return [element('p', 'The index does not know this file.')];
    return path.pycs.length === 0
      ? [element('p', 'The index knows the source, and no pyc of it.')]
      : path.pycs.map((pyc) => element('p', (pyc.tag || 'legacy') + (pyc.opt ? ' opt-' + pyc.opt : '') + ': ' + pyc.verdict
        + ' (' + pyc.reason + '), the interpreter ' + pyc.interpreter + (pyc.evidence ? ', evidence: ' + pyc.evidence : '')));
  }));
}

byId('lookup').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    showAnswer((await ask('/v1/lookup?path=' + encodeURIComponent(byId('path').value))).paths);
  } catch (failed) {
    byId('answer').replaceChildren(element('p', failed.message));
  }
});

const events = new EventSource('/v1/events?after=0');
events.addEventListener('verdict', (event) => { showChange(event); });
events.addEventListener('vanished', (event) => { showChange(event); });
events.addEventListener('refreshed', poll);
events.addEventListener('repaired', poll);
poll();
setInterval(poll, POLL);

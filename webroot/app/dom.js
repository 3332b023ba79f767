// Elements from names, attributes and children. Strings become text nodes: markup in a title stays text.

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === null || value === undefined || value === false) element.removeAttribute(key);
    else if (element.getAttribute(key) !== String(value)) element.setAttribute(key, value === true ? '' : value);
  }
  return element;
}

/** Writes only what changed, so that a screen reader does not hear the same text twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  gear: 'M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5v5M8.5 14.5v5',
  speed: 'M4 18a9 9 0 1 1 16 0M12 14l4-5',
  sound: 'M12 4v16M7 8v8M17 8v8M2.5 11v2M21.5 11v2',
  captions: 'M2 5h20v14H2zM10.5 10a2.6 2.6 0 1 0 0 4M18 10a2.6 2.6 0 1 0 0 4',
  help: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01',
  cross: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  play: 'M8 5v14l11-7z',
  wave: 'M2 9c4-4 6 4 10 0s6 4 10 0M2 15c4-4 6 4 10 0s6 4 10 0',
};

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  set(svg, { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' });
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

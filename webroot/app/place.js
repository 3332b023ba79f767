// Links to a place in a video (?t=1m23s), and the code that puts its player into other pages. Pure.

const PLACE = /^(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8}(?:\.\d{1,3})?)s?)?$/i;

/** Seconds that an address's query asks for: t=83, t=83.5, t=1m23s, t=1h2m3s; null when it asks for none. */
export function placeIn(search) {
  const text = (new URLSearchParams(search).get('t') ?? '').trim();
  const found = text ? PLACE.exec(text) : null;
  if (!found) return null;
  const [hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

/** The address without a query, at whole seconds from the first on. */
export function linkTo(address, seconds = 0) {
  const whole = Math.floor(seconds);
  return whole >= 1 ? `${address}?t=${whole}` : address;
}

/** HTML that shows the player in another page, as large as fits, in the picture's own form. */
export function embedCode({ address, title, width, height }) {
  const ratio = width && height ? `${width} / ${height}` : '16 / 9';
  return (
    `<iframe src="${escaped(address)}" title="${escaped(title)}" ` +
    `style="width: 100%; aspect-ratio: ${ratio}; border: 0" ` +
    'allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>'
  );
}

const escaped = (text) =>
  String(text).replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

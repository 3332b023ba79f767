// Numbers as people read them. Pure.

/** Seconds as 0:07, 12:34 or 1:02:03. */
export function clock(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) return '–:––';
  // A picture's last frame may end a rounding before the full second: 23.999999 is 0:24.
  const whole = Math.floor(seconds + 0.001);
  const two = (n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Seconds as a rough span: "5 s", "3 min", "1 h 20 min". */
export function span(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
}

/** Bytes in decimal units, as disks and networks are sold: "104.9 MB". */
export function bytes(count) {
  if (!Number.isFinite(count) || count < 0) return '';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 && unit ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** How long ago an RFC 3339 time was, in words. */
export function ago(time, now) {
  const seconds = (now - Date.parse(time)) / 1000;
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86400);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** A title from a file's name: without its extension, underscores as spaces. */
export function titleOf(fileName) {
  const bare = fileName
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/_+/g, ' ')
    .trim();
  return bare || fileName;
}

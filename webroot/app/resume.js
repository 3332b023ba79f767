// Where a video was left, per browser. Storage may be refused; then every video starts at its beginning.

const key = (id) => `rivulet.at.${id}`;

export function rememberedPosition(id) {
  try {
    return Number(localStorage.getItem(key(id))) || 0;
  } catch {
    return 0;
  }
}

export function remember(id, video, duration) {
  let last = 0;
  const save = () => {
    const at = video.currentTime;
    try {
      // The first seconds and the last are no place to come back to.
      if (at < 5 || at > duration() - 10) localStorage.removeItem(key(id));
      else localStorage.setItem(key(id), at.toFixed(1));
    } catch {
      // Refused: nothing to do about it.
    }
  };
  video.addEventListener('timeupdate', () => {
    if (Math.abs(video.currentTime - last) < 4) return;
    last = video.currentTime;
    save();
  });
  addEventListener('pagehide', save);
}

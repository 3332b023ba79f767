// The player: a waiting panel until there is something to play, then one engine for the life of the page.
import { h, icon, say, set } from './dom.js';
import { faultOf } from './fault.js';
import { holdAtEdge } from './hold.js';
import { helpSheet, listen, SPEEDS } from './keys.js';
import { languages } from './languages.js';
import { menu } from './menu.js';
import { placeIn } from './place.js';
import { progressLine } from './progress.js';
import { remember, rememberedPosition } from './resume.js';
import { seekbar } from './seekbar.js';
import { isTerminal, isWatchable, qualitiesOf } from './state.js';

export function player(stage, id) {
  // The server has put the poster there, until there is a frame.
  const first = stage.querySelector('img');
  const video = h('video', { slot: 'media', playsinline: true, preload: 'auto' });
  let engine = null;
  // Most of what this page loads: title and poster do not wait for it.
  let engines = null;
  const ready = import('./engine.js').then((module) => {
    engines = module;
  });
  let known = null;
  let started = false;

  const growing = () => Boolean(engine?.growing);
  const hold = holdAtEdge(video, growing);
  const line = seekbar(video, extent);
  const quality = menu({ name: 'Quality', image: 'gear', onSelect: selectQuality });
  const speed = menu({ name: 'Speed', image: 'speed', onSelect: selectSpeed });
  const tracks = languages(() => engine?.renditions ?? null);
  const sheet = helpSheet();
  const [play, mute, captions, pip, fullscreen] = ['play', 'mute', 'captions', 'pip', 'fullscreen'].map((name) =>
    h(`media-${name}-button`),
  );
  const trouble = h('p', { class: 'trouble', role: 'alert', hidden: true, noautohide: true });
  const controller = h(
    'media-controller',
    { class: 'player', nohotkeys: true, hidden: true, 'aria-label': 'Video player' },
    video,
    h('media-loading-indicator', { slot: 'centered-chrome', noautohide: true }),
    h(
      'div',
      { slot: 'centered-chrome', class: 'centre', noautohide: true },
      h('div', { class: 'big', 'aria-hidden': 'true' }, icon('play')),
      hold.note,
    ),
    trouble,
    h('div', { class: 'line' }, line.element),
    h(
      'media-control-bar',
      {},
      play,
      mute,
      h('media-volume-range'),
      line.time,
      h('span', { class: 'spring' }),
      captions,
      ...tracks.elements,
      quality.element,
      speed.element,
      pip,
      fullscreen,
    ),
  );

  const waitingLine = progressLine();
  const waitingImage = h('img', { alt: '', hidden: true });
  const waitingText = h('p', { class: 'waiting-text', role: 'status' });
  const waiting = h(
    'div',
    { class: 'waiting' },
    waitingImage,
    h('div', { class: 'waiting-panel' }, waitingText, waitingLine.element),
  );
  waiting.hidden = Boolean(first);
  stage.append(waiting, controller, sheet);
  video.addEventListener('loadeddata', () => first?.remove(), { once: true });

  function extent() {
    const length = known?.duration || 0;
    const own = Number.isFinite(video.duration) ? video.duration : 0;
    if (growing()) return { duration: Math.max(length, engine.edge), edge: engine.edge };
    return { duration: own || length, edge: own || length };
  }

  /** Shows a video's state; starting is separate, because it needs more than the state. */
  function show(state) {
    known = state;
    if (state.thumbnailUrl) {
      set(video, { poster: state.thumbnailUrl });
      set(waitingImage, { src: state.thumbnailUrl, hidden: null });
    }
    if (state.width && state.height) stage.style.setProperty('--ratio', `${state.width} / ${state.height}`);
    line.board.load(state.storyboardUrl);
    if (!started && !isWatchable(state)) {
      first?.remove();
      waiting.hidden = false;
    }
    waiting.dataset.status = state.status;
    waitingLine.show(state);
    waitingLine.element.hidden = isTerminal(state);
    say(waitingText, waitingSentence(state));
    if (state.status === 'COMPLETED' || state.status === 'PARTIAL') engine?.settle();
    drawMenus();
    line.draw();
  }

  /** Once: from here on the source never changes. */
  function start({ source, growing: atEdge, autoplay, onError, ...ladder }) {
    if (started) return null;
    started = true;
    const asked = placeIn(location.search);
    const startPosition = atEdge ? 0 : (asked ?? rememberedPosition(id));
    if (atEdge && asked) whenEncoded(asked);
    waiting.hidden = true;
    set(controller, { hidden: null });
    if (engines.supported()) {
      captions.remove();
      const report = (data) => {
        onError(data);
        if (data.fatal) complain('Playback stopped because a part of the video could not be loaded.');
      };
      const playing = { video, source, growing: atEdge, startPosition, onChange, onError: report };
      engine = engines.createEngine({ ...playing, ...ladder });
    } else {
      // Safari's own player reads the multivariant playlist once: it keeps the qualities listed at that moment.
      video.src = source;
      video.addEventListener('loadedmetadata', () => startPosition && line.seek(startPosition), { once: true });
    }
    remember(id, video, () => extent().duration);
    listen(controller, actions);
    if (autoplay) playIfAllowed();
    return engine;
  }

  /** For good: nothing more is asked for. */
  function stop() {
    video.pause();
    engine?.hls.destroy();
    engine = null;
    if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(() => {});
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  /** A place that a link names and that is still to come is gone to when it is there, unless playing has begun. */
  function whenEncoded(seconds) {
    const timer = setInterval(() => {
      const begun = !video.paused || video.currentTime > 0.5;
      if (begun || extent().edge > seconds + 1) clearInterval(timer);
      if (!begun && extent().edge > seconds + 1) line.seek(seconds);
    }, 500);
  }

  function onChange() {
    drawMenus();
    line.draw();
  }

  async function playIfAllowed() {
    try {
      await video.play();
    } catch {
      video.muted = true;
      await video.play().catch(() => {
        video.muted = false;
      });
    }
  }

  function complain(sentence) {
    say(trouble, sentence);
    trouble.hidden = !sentence;
  }
  video.addEventListener('playing', () => complain(''));

  function selectQuality(value) {
    engine?.select(value === 'auto' ? null : value);
    drawMenus();
  }

  function selectSpeed(rate) {
    hold.rate = rate;
    drawMenus();
  }

  function drawMenus() {
    const speeds = SPEEDS.map((rate) => ({ value: rate, label: `${rate}×`, checked: rate === hold.rate }));
    speed.show(speeds, `${hold.rate}×`);
    quality.element.hidden = !engine;
    tracks.draw();
    if (!engine) return;
    const now = engine.playing;
    const states = new Map(qualitiesOf(known).map((of) => [of.quality, of]));
    const items = engine.qualities().map((name) => {
      const there = engine.playable(name);
      return {
        value: name,
        label: name,
        note: there ? '' : coming(states.get(name)),
        disabled: !there,
        checked: engine.chosen === name,
      };
    });
    const auto = { value: 'auto', label: 'Auto', note: now ? `now ${now}` : '', checked: engine.chosen === null };
    quality.show([auto, ...items.reverse()], engine.chosen ?? `Auto${now ? ` ${now}` : ''}`);
  }

  const actions = {
    toggle: () => (video.paused ? video.play().catch(() => {}) : video.pause()),
    skip: (seconds) => line.seek(video.currentTime + seconds),
    jump: (share) => line.seek(share * extent().duration),
    mute: () => {
      video.muted = !video.muted;
    },
    volume: (by) => {
      video.volume = Math.min(1, Math.max(0, video.volume + by));
      video.muted = false;
    },
    speed: (by) => {
      const at = SPEEDS.indexOf(hold.rate) + by;
      if (SPEEDS[at]) selectSpeed(SPEEDS[at]);
    },
    fullscreen: () => fullscreen.click(),
    pictureInPicture: () => pip.click(),
    captions: () => (engine ? engine.renditions.toggleCaptions() : captions.click()),
    help: () => (sheet.open ? sheet.close() : sheet.showModal()),
  };

  return {
    video,
    /** `start` may be called when this is fulfilled. */
    ready,
    show,
    start,
    stop,
    help: actions.help,
    get started() {
      return started;
    },
  };
}

function coming(of) {
  if (!of) return 'coming';
  return of.state === 'encoding' ? `coming · ${Math.round(of.part * 100)} %` : 'coming';
}

function waitingSentence(state) {
  if (state.status === 'FAILED') return faultOf(state).problem;
  if (state.status === 'CANCELLED') return 'This video was cancelled.';
  return 'It starts here as soon as the first seconds are ready.';
}

// The sound and the captions of one hls.js: what there is, what is on, and the choice kept over level switches,
// renewed sources and subtitles that are published only while the video plays.
import { anyCaptions, chooseCaptions, chooseSound, choiceOf, keep, keyOf, recall } from './tracks.js';

/** hls.js has no preference for "none"; one that no track can match is. */
const NONE = { groupId: '' };
const optionOf = (track) => ({ name: track.name, lang: track.lang });

export function renditions(hls, video, { Events, M3U8Parser, onChange }) {
  let soundChoice = recall('sound');
  let captionsChoice = recall('captions');
  let published = [];
  let batches = 0;

  hls.on(Events.MANIFEST_PARSED, () => {
    const sound = chooseSound(hls.allAudioTracks, soundChoice);
    if (sound) hls.config.audioPreference = optionOf(sound);
    admit();
    prefer();
  });
  for (const event of ['AUDIO_TRACKS_UPDATED', 'AUDIO_TRACK_SWITCHED', 'SUBTITLE_TRACKS_UPDATED', 'SUBTITLE_TRACK_SWITCH']) {
    hls.on(Events[event], onChange);
  }
  for (const event of ['addtrack', 'removetrack', 'change']) video.textTracks.addEventListener(event, onChange);

  function prefer() {
    const wanted = chooseCaptions(hls.allSubtitleTracks, captionsChoice);
    hls.config.subtitlePreference = wanted ? { ...optionOf(wanted), forced: wanted.forced } : NONE;
  }

  /**
   * hls.js reads a multivariant playlist once. Subtitles that it did not list then join as a group of their own, which
   * makes the next look at a level's groups find them.
   */
  function admit() {
    const known = new Set(hls.allSubtitleTracks.map((track) => track.url));
    const late = published.filter((track) => !known.has(track.url));
    if (!late.length || !hls.levels.length) return;
    batches += 1;
    const groupId = `late-${batches}`;
    hls.allSubtitleTracks.push(...late.map((track) => ({ ...track, groupId })));
    for (const level of hls.levels) level.addGroupId('text', groupId);
    prefer();
    if (hls.loadLevel >= 0) hls.trigger(Events.LEVEL_SWITCHING, { level: hls.loadLevel });
  }

  /** Captions inside the picture (CEA-608) have a track of their own, made when the first of them is seen. */
  const inside = () => {
    const own = new Set(hls.allSubtitleTracks.map((track) => track.trackNode?.track));
    return [...video.textTracks].filter((track) => track.kind === 'captions' && !own.has(track));
  };
  const named = (track) => ({ name: track.label, lang: track.language, forced: false, default: false, track });

  function setCaptions(wanted) {
    for (const track of inside()) track.mode = track === wanted?.track ? 'showing' : 'hidden';
    hls.config.subtitlePreference = wanted && !wanted.track ? { ...optionOf(wanted), forced: wanted.forced } : NONE;
    hls.subtitleDisplay = true;
    hls.subtitleTrack = wanted && !wanted.track ? hls.subtitleTracks.indexOf(wanted) : -1;
    captionsChoice = wanted ? { on: true, ...choiceOf(wanted) } : { ...captionsChoice, on: false };
    keep('captions', captionsChoice);
    onChange();
  }

  const self = {
    get sounds() {
      return hls.audioTracks;
    },
    /** The sound that plays, or null. */
    get sound() {
      return hls.audioTracks[hls.audioTrack] ?? null;
    },
    selectSound(key) {
      const wanted = hls.audioTracks.find((track) => keyOf(track) === key);
      if (!wanted) return;
      soundChoice = choiceOf(wanted);
      keep('sound', soundChoice);
      hls.setAudioOption({ ...optionOf(wanted), flushImmediate: true });
      onChange();
    },
    get captions() {
      return [...hls.subtitleTracks, ...inside().map(named)];
    },
    /** What is shown, or null. */
    get caption() {
      return (
        hls.subtitleTracks[hls.subtitleTrack] ??
        inside()
          .map(named)
          .find(({ track }) => track.mode === 'showing') ??
        null
      );
    },
    /** Null for off. */
    selectCaptions: (key) => setCaptions(self.captions.find((track) => keyOf(track) === key) ?? null),
    toggleCaptions() {
      setCaptions(self.caption ? null : anyCaptions(self.captions, captionsChoice, self.sound?.lang));
    },
    /** Takes up the subtitles that a published multivariant playlist lists. */
    publish(text, address) {
      const url = new URL(address, location.href).href;
      const media = M3U8Parser.parseMasterPlaylistMedia(text, url, M3U8Parser.parseMasterPlaylist(text, url));
      published = media.SUBTITLES ?? [];
      admit();
    },
  };
  return self;
}

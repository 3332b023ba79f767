// Live updates: one event-bus connection for the library, one WebSocket per watched video. Both come back by
// themselves; what was missed is asked for (`after`) or read again (`onOpen`).

/**
 * Every update of every video, over the SockJS bridge. `EventBus` is the global of vertx-eventbus.js. `onOpen` is told
 * each time that updates come from now on: what was said before has to be asked for.
 */
export function followAll(EventBus, { onMessage, onState, onOpen }) {
  const bus = new EventBus('/eventbus', { vertxbus_reconnect_delay_max: 8000 });
  bus.enableReconnect(true);
  bus.onopen = () => {
    // The client forgets its handlers whenever the socket closes.
    bus.registerHandler('rivulet.events', (error, message) => {
      if (!error) onMessage(message.body);
    });
    onState('live');
    // The bridge takes one socket's frames in turn: whoever has any answer is registered.
    bus.send('rivulet.videos', { action: 'list', limit: 1 }, {}, () => onOpen());
  };
  bus.onclose = () => onState('waiting');
  return bus;
}

/** One video's updates, until it is closed. `lastSeq` is asked at every reconnect. */
export function followOne(id, { onMessage, onState, lastSeq }) {
  let attempt = 0;
  let timer = null;
  let socket = null;
  let closed = false;

  function connect() {
    timer = null;
    const address = new URL(`/videos/${encodeURIComponent(id)}/progress`, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    if (lastSeq() > 0) address.searchParams.set('after', lastSeq());
    socket = new WebSocket(address);
    socket.onopen = () => {
      attempt = 0;
      onState('live');
    };
    socket.onmessage = (event) => onMessage(JSON.parse(event.data));
    socket.onclose = () => {
      if (closed) return;
      onState('waiting');
      timer = setTimeout(connect, backoff(attempt, Math.random()));
      attempt += 1;
    };
  }

  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}

/** Doubling from half a second to 15 s, a quarter of it by chance so that many pages do not come back at once. */
export function backoff(attempt, chance) {
  const full = Math.min(15000, 500 * 2 ** attempt);
  return Math.round(full * (0.75 + 0.25 * chance));
}

// Keeps the overview up to date: takes panels from the stream and changes only what differs, so that nothing jumps,
// a selection stays selected and a focused link keeps its focus.
'use strict';
(() => {
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy('tillstream', { createHTML: (html) => html })
    : { createHTML: (html) => html };
  const status = document.querySelector('[data-live]');
  const word = document.querySelector('[data-live-text]');
  const clock = document.querySelector('[data-live-time]');
  let stream = null;
  let watchdog = 0;

  const say = (state, text) => {
    if (status.dataset.live !== state) {
      status.dataset.live = state;
      word.textContent = text;
    }
  };

  const parse = (html) => {
    const template = document.createElement('template');
    template.innerHTML = policy.createHTML(html);
    return template.content.firstElementChild;
  };

  const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || '') === (b.id || '');

  const morphAttributes = (from, to) => {
    for (const { name, value } of to.attributes) {
      if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && name !== 'open') from.removeAttribute(name);
    }
  };

  const morphChildren = (from, to) => {
    let here = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      const known = wanted.id ? [...from.children].find((child) => child.id === wanted.id) : null;
      const match = known || (here && alike(here, wanted) ? here : null);
      if (!match) {
        from.insertBefore(document.importNode(wanted, true), here);
        continue;
      }
      if (match !== here) from.insertBefore(match, here);
      else here = here.nextSibling;
      morph(match, wanted);
    }
    while (here) {
      const next = here.nextSibling;
      here.remove();
      here = next;
    }
  };

  const morph = (from, to) => {
    if (from.nodeType === Node.TEXT_NODE) {
      if (from.data !== to.data) from.data = to.data;
    } else if (from.nodeType === Node.ELEMENT_NODE) {
      morphAttributes(from, to);
      morphChildren(from, to);
    }
  };

  const beat = (event) => {
    clock.textContent = event.data;
    say('on', 'Live');
    clearTimeout(watchdog);
    watchdog = setTimeout(() => say('lost', 'No news since'), 8000);
  };

  const comeBack = () => {
    setTimeout(() => {
      fetch('/health/live', { cache: 'no-store' })
        .then((answer) => (answer.ok ? location.reload() : comeBack()))
        .catch(comeBack);
    }, 3000);
  };

  const open = () => {
    stream = new EventSource('/live');
    stream.addEventListener('panel', (event) => {
      const fresh = parse(event.data);
      const shown = fresh && document.getElementById(fresh.id);
      if (shown) morph(shown, fresh);
    });
    stream.addEventListener('beat', beat);
    stream.addEventListener('over', () => location.assign('/login'));
    stream.addEventListener('full', () => {
      stream.close();
      say('lost', 'Not live, as of');
    });
    stream.addEventListener('error', () => {
      say('lost', 'No news since');
      if (stream.readyState === EventSource.CLOSED) comeBack();
    });
  };

  const close = () => {
    clearTimeout(watchdog);
    if (stream) stream.close();
    stream = null;
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (!stream) open();
  });
  if (!document.hidden) open();
})();

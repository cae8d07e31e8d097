// The page works without this file. It adds the form token to htmx, and switches large type without a reload.
(() => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  document.addEventListener('htmx:configRequest', (event) => {
    event.detail.headers['X-CSRF-Token'] = token;
  });
  // A part that fetches itself again waits while somebody reads what is folded open in it, or ticks rows.
  document.addEventListener('htmx:beforeRequest', (event) => {
    const part = event.target;
    const busy = 'details[open]:not([hx-preserve] *), input[name="ids"]:checked';
    if (part.matches('[hx-trigger^="every"]') && part.querySelector(busy)) event.preventDefault();
  });
  // Whoever goes by keyboard stands, in a part that fetched itself again, where they stood: at the same link or
  // button. What has an id, htmx itself finds again.
  let stood = null;
  const key = (one) => [one.getAttribute('href'), one.form?.action, one.name, one.textContent].join();
  const alike = (one) => [...document.querySelectorAll(one.tagName)].filter((each) => key(each) === key(one));
  document.addEventListener('htmx:beforeSwap', (event) => {
    const one = document.activeElement;
    stood = event.detail.target.contains(one) && !one.id ? { one, nth: alike(one).indexOf(one) } : null;
  });
  document.addEventListener('htmx:afterSwap', () => {
    if (stood) alike(stood.one)[stood.nth]?.focus({ preventScroll: true });
    stood = null;
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.matches('[data-large-type]')) {
      event.preventDefault();
      const large = document.documentElement.classList.toggle('large');
      form.querySelector('button').setAttribute('aria-pressed', large);
      fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' });
      form.on.value = large ? '0' : '1';
    } else if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
      event.preventDefault();
    }
  });
})();

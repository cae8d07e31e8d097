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

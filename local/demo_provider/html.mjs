// The frame of every page that a person sees at the demo provider.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

const STYLE = `
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
    background: linear-gradient(135deg, #eef3fb, #dfe9f6); color: #1b1b1b;
    font: 15px/1.45 "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif }
  main { background: #fff; width: 100%; max-width: 440px; padding: 44px; box-shadow: 0 2px 6px #0003 }
  .brand { display: flex; gap: 10px; align-items: center; color: #5e5e5e; font-weight: 600; font-size: 18px }
  .brand i { width: 20px; height: 20px; border-radius: 4px 10px; background: linear-gradient(135deg, #0067b8, #50b8f0) }
  h1 { font-size: 24px; font-weight: 600; margin: 18px 0 6px }
  p { margin: 6px 0 } .quiet, footer { color: #5e5e5e; font-size: 13px }
  .detail { font-size: 13px; overflow-wrap: anywhere; background: #faf3f2; padding: 10px; border-left: 3px solid #c33 }
  .people { list-style: none; margin: 18px -44px 0; padding: 0 }
  .people button { all: unset; box-sizing: border-box; display: flex; gap: 14px; width: 100%; padding: 11px 44px;
    align-items: center; cursor: pointer }
  .people button:hover, .people button:focus-visible, .people .hinted button { background: #eef3fb }
  .people .face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #2b579a; color: #fff;
    display: grid; place-items: center; font-weight: 600 }
  .people small { display: block; color: #5e5e5e }
  details { margin-top: 18px } summary { cursor: pointer; color: #0067b8 }
  label { display: block; margin-top: 12px; font-size: 13px; color: #5e5e5e }
  input { width: 100%; font: inherit; padding: 8px 2px; border: 0; border-bottom: 1px solid #777 }
  input:focus { outline: 0; border-bottom: 2px solid #0067b8 }
  .actions { display: flex; justify-content: flex-end; gap: 8px; margin-top: 22px }
  .actions button { font: inherit; padding: 7px 26px; border: 0; background: #0067b8; color: #fff; cursor: pointer }
  .actions .second { background: #ececec; color: #1b1b1b }
  .error { color: #c33 } footer { margin-top: 26px; border-top: 1px solid #e5e5e5; padding-top: 12px }
  @media (max-width: 480px) { main { padding: 28px } .people { margin-inline: -28px } .people button { padding-inline: 28px } }`;

export function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<div class="brand"><i aria-hidden="true"></i> Demo sign-in</div>
${body}
<footer>A demonstration on this machine. Not Microsoft, nobody’s real account.</footer>
</main>
</body>
</html>`;
}

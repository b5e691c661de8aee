const dark = `
  --surface: #1f222a;
  --raised: #2a2e38;
  --text: #f1f3f7;
  --muted: #aab2c0;
  --line: #3a3f4b;
  --edge: #7c8697;
  --wrong: #ffa69e;
  --accent: var(--tourhook-accent, #a5b4fc);
  --on-accent: var(--tourhook-on-accent, #1c1b4b);
  --star: #fbbf24;
  color-scheme: dark;
`

/**
 * The style of steps, checklists and banners.
 *
 * `unicode-bidi`: words in another direction than the page's keep their order.
 */
export const styles = `
.layer {
  --surface: #fff;
  --raised: #f4f5f8;
  --text: #171a21;
  --muted: #596170;
  --line: #e1e4ea;
  --edge: #868d9b;
  --wrong: #b42318;
  --accent: var(--tourhook-accent, #4f46e5);
  --on-accent: var(--tourhook-on-accent, #fff);
  --star: #b45309;
  --radius: var(--tourhook-radius, 14px);
  --screen: 100vh;
}
.layer[data-theme=dark] {${dark}}
@media (prefers-color-scheme: dark) {
  .layer[data-theme=auto] {${dark}}
}
@supports (height: 1dvh) { .layer { --screen: 100dvh } }

.overlay { position: fixed; inset: 0; background: rgb(10 12 18/.55); pointer-events: auto; animation: fade .2s }

.dialog, .panel, .banner {
  position: fixed;
  pointer-events: auto;
  background: var(--surface);
  box-shadow: 0 0 0 1px var(--line), 0 2px 6px rgb(0 0 0/.08), 0 16px 48px -8px rgb(0 0 0/.28);
  animation: rise .22s cubic-bezier(.2, .8, .3, 1);
}
.dialog, .panel {
  width: min(360px, 100vw - 24px);
  border-radius: var(--radius);
}
.modal {
  inset: 0;
  width: min(440px, 100vw - 24px);
  height: fit-content;
  margin: auto;
}
.slideout, .panel { inset-block-end: calc(20px + var(--up, 0px)); inset-inline-end: calc(20px + var(--across, 0px)) }
@keyframes rise { from { opacity: 0; transform: translateY(8px) } }
@keyframes fade { from { opacity: 0 } }

.arrow { position: absolute; width: 14px; height: 14px; transform: rotate(45deg); background: inherit; display: none }
[data-side=top] > .arrow { display: block; top: calc(100% - 7px); left: calc(var(--at) - 7px) }
[data-side=bottom] > .arrow { display: block; top: -7px; left: calc(var(--at) - 7px) }
[data-side=left] > .arrow { display: block; left: calc(100% - 7px); top: calc(var(--at) - 7px) }
[data-side=right] > .arrow { display: block; left: -7px; top: calc(var(--at) - 7px) }

.card > form { display: contents }
.card {
  display: flex;
  flex-direction: column;
  gap: 16px;
  max-height: min(var(--screen) - 40px, var(--room, var(--screen)));
  padding: 22px;
  overflow: auto;
  overflow-wrap: anywhere;
}
h2, p, ul, ol, fieldset, legend { margin: 0; padding: 0; border: 0; min-width: 0 }
h2 { padding-inline-end: 32px; font-size: 18px; line-height: 1.35; font-weight: 650; letter-spacing: -.01em; text-wrap: balance }
.content { display: grid; gap: 10px; color: var(--muted) }
.content:empty { display: none }
h2 + .close + .content { margin-top: -8px }
.close:first-child + .content { padding-inline-end: 28px }
strong { color: var(--text); font-weight: 650 }
ul, ol { padding-inline-start: 22px }
li + li { margin-top: 4px }
code { padding: 1px 5px; border-radius: 5px; background: var(--raised); font: .9em ui-monospace, monospace }
a, .link { color: var(--accent); text-decoration: underline; text-underline-offset: 2px }

button { border: 0; background: none; color: inherit; font: inherit; cursor: pointer }
.link { display: inline; padding: 0 }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.close {
  position: absolute;
  inset-block-start: 18px;
  inset-inline-end: 14px;
  width: 32px;
  height: 32px;
  padding: 0;
  border-radius: 8px;
  color: var(--muted);
  font-size: 22px;
  line-height: 1;
}
.close:hover, .back:hover { background: var(--raised); color: var(--text) }
.actions { display: flex; align-items: center; justify-content: flex-end; gap: 8px; margin-top: 2px }
.progress { margin-inline-end: auto; color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums }
.progress, .done span { unicode-bidi: plaintext }
.back, .next { min-height: 38px; padding: 7px 16px; border-radius: 9px; font-size: 14px; font-weight: 600 }
.back { color: var(--muted) }
.next { background: var(--accent); color: var(--on-accent) }
.next:hover { filter: brightness(1.1) }

label, legend { font-size: 14px; font-weight: 600 }
.needed, .mistake { color: var(--wrong) }
.field > div > label { display: block; margin-bottom: 6px }
legend { margin-bottom: 8px }
.field > div > :is(input:not([type=checkbox]), select, textarea) {
  display: block;
  width: 100%;
  min-height: 42px;
  padding: 9px 12px;
  border: 1px solid var(--edge);
  border-radius: 9px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
}
textarea { resize: vertical }
.field > div > select { padding-inline: 8px }
::placeholder { color: var(--muted); opacity: 1 }
:is(input, select, textarea):focus-visible { outline-offset: 0; border-color: var(--accent) }
[aria-invalid=true] { border-color: var(--wrong) !important }
.mistake { margin-top: 6px; font-size: 13px }
.mistake:empty { display: none }
input { accent-color: var(--accent) }

:is([type=radio], [type=checkbox]) { flex: none; width: 18px; height: 18px; margin: 0 }
.checkbox > div:not([class]), .choices label { display: flex; align-items: center; gap: 10px }
.checkbox > div > label { margin: 0; font-weight: 500 }
.choices { display: grid; gap: 8px }
.choices label {
  min-height: 42px;
  padding: 8px 12px;
  border: 1px solid var(--line);
  border-radius: 9px;
  font-size: 15px;
  font-weight: 400;
  cursor: pointer;
}
.choices label:hover { background: var(--raised) }
.choices label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px }
@supports not selector(:has(*)) { .choices label:focus-within { outline: 2px solid var(--accent); outline-offset: 2px } }
.choices :focus-visible { outline: 0 }
.choices .chosen { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }

.nps .choices { grid-template-columns: repeat(11, 1fr); gap: 4px; white-space: nowrap }
.rating .choices { display: flex; gap: 4px }
:is(.nps, .rating) label { position: relative; justify-content: center; padding: 0; min-height: 36px; font-size: 14px }
:is(.nps, .rating) input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer }
.nps .chosen { background: var(--accent); color: var(--on-accent) }
.rating label { width: 40px; min-height: 40px; border-color: transparent; color: var(--edge); font-size: 28px; line-height: 1 }
.rating .chosen { border-color: transparent; box-shadow: none; color: var(--star) }
.ends { display: flex; justify-content: space-between; margin-top: 6px; color: var(--muted); font-size: 12px }

.done { display: flex; align-items: center; gap: 12px; margin-top: -6px; color: var(--muted); font-size: 13px; white-space: nowrap }
progress { flex: 1; height: 6px; border: 0; border-radius: 3px; overflow: hidden; background: var(--line) }
progress::-webkit-progress-bar { background: var(--line) }
progress::-webkit-progress-value { background: var(--accent) }
progress::-moz-progress-bar { background: var(--accent) }
.items { display: grid; gap: 2px; margin: -6px -10px -8px; padding: 0; list-style: none }
.items button { display: flex; align-items: center; gap: 12px; width: 100%; padding: 8px 10px; border-radius: 9px; text-align: start }
.items button:hover { background: var(--raised) }
.tick { display: grid; flex: none; place-items: center; width: 20px; height: 20px; border: 1.5px solid var(--edge); border-radius: 50% }
.completed { color: var(--muted) }
.completed .tick { border-color: var(--accent); background: var(--accent); color: var(--on-accent) }
.completed .tick::before { content: "✓"; content: "✓" / ""; font-size: 13px; font-weight: 700 }

.banner { inset-inline: 0; display: flex; justify-content: center; padding: 12px 56px; animation-name: fade }
.banner.top { top: 0 }
.banner.bottom { bottom: 0 }
.banner .content { color: var(--text) }
.banner .close { inset-block-start: 8px }

@media (max-width: 480px) {
  .card { padding: 20px }
  .banner { justify-content: start; padding-inline-start: 20px }
  .slideout, .panel { inset: auto 12px calc(12px + var(--up, 0px)); width: auto }
}
.still * { animation: none !important }
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important }
}
`

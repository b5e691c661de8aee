/** Tokens, elements and forms: one column of colours for light and dark. */
export const baseStyles = `
:root {
  color-scheme: light dark;
  --desk: light-dark(#f5f6fa, #0e1016);
  --card: light-dark(#fff, #171a23);
  --well: light-dark(#f0f2f8, #11141b);
  --ink: light-dark(#181c2b, #e7eaf5);
  --soft: light-dark(#545b73, #9ba3bd);
  --line: light-dark(#dfe2ec, #292e3d);
  --edge: light-dark(#868da5, #69718b);
  --accent: light-dark(#3a4fc4, #9daaff);
  --on-accent: light-dark(#fff, #10142b);
  --accent-wash: light-dark(#eceefc, #20263f);
  --good: light-dark(#12663f, #74d6a7);
  --good-wash: light-dark(#e2f4ea, #142d24);
  --bad: light-dark(#a9211a, #ffa198);
  --bad-wash: light-dark(#fdecea, #391d1e);
  --wait: light-dark(#7d5000, #f2bf62);
  --wait-wash: light-dark(#fcf1d9, #33280f);
  --shade: light-dark(0 1px 2px rgb(24 28 43 / .06), 0 1px 2px rgb(0 0 0 / .4));
  --round: 10px;
  --text: system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif;
  --figures: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
@media (min-width: 60rem) { html { scrollbar-gutter: stable; } }
body { margin: 0; background: var(--desk); color: var(--ink); font: .9375rem/1.5 var(--text); }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset, pre { margin: 0; padding: 0; border: 0; min-width: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.2; letter-spacing: -.018em; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1rem; line-height: 1.35; font-weight: 620; letter-spacing: -.006em; }
h3 { font-size: .875rem; font-weight: 600; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
code, pre, .mono { font-family: var(--figures); font-size: .8125rem; }
code { overflow-wrap: anywhere; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.25rem 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.icon { width: 1rem; height: 1rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.mark { width: 1.75rem; height: 1.75rem; flex: none; }
.mark rect { fill: var(--accent); }
.mark path { fill: none; stroke: var(--on-accent); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.mark circle { fill: var(--on-accent); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); }
.small { font-size: .8125rem; }
.nowrap { white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }

button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: .4rem; min-height: 2.25rem; padding: .3rem .85rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--ink); font-weight: 550; font-size: .875rem; line-height: 1.25; text-decoration: none; cursor: pointer; }
.button:hover { border-color: var(--accent); color: var(--accent); }
.button:active { translate: 0 1px; }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { filter: brightness(1.1); color: var(--on-accent); }
.button.danger { color: var(--bad); border-color: currentColor; }
.button.danger:hover { background: var(--bad-wash); color: var(--bad); }
.button.quiet { border-color: transparent; background: none; color: var(--soft); padding-inline: .55rem; }
.button.quiet:hover { background: var(--well); color: var(--ink); }
.button.slim { min-height: 1.875rem; padding: .15rem .6rem; font-size: .8125rem; }
.button[disabled], .button[aria-disabled] { opacity: .5; cursor: default; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.buttons.end { justify-content: flex-end; }

.form { display: grid; gap: 1.1rem; }
.field { display: grid; gap: .3rem; align-content: start; min-width: 0; }
.field > label, .label { font-weight: 560; font-size: .875rem; }
.field .optional { color: var(--soft); font-weight: 400; font-size: .8125rem; }
.hint { color: var(--soft); font-size: .8125rem; line-height: 1.45; }
.error { color: var(--bad); font-size: .8125rem; font-weight: 520; }
input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea { width: 100%; min-height: 2.25rem; padding: .35rem .65rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); }
textarea { min-height: 5.5rem; resize: vertical; field-sizing: content; max-height: 28rem; line-height: 1.5; }
textarea.code { font: .8125rem/1.55 var(--figures); min-height: 12rem; tab-size: 2; white-space: pre; overflow: auto; }
select { appearance: none; padding-right: 1.9rem; background-image: linear-gradient(45deg, transparent 50%, var(--soft) 50%), linear-gradient(-45deg, transparent 50%, var(--soft) 50%); background-size: 5px 5px; background-position: right 15px center, right 10px center; background-repeat: no-repeat; }
::placeholder { color: var(--soft); opacity: .8; }
[aria-invalid=true] { border-color: var(--bad) !important; }
input[type=checkbox], input[type=radio] { accent-color: var(--accent); width: 1rem; height: 1rem; margin: .25rem 0 0; flex: none; }
.check { display: flex; gap: .55rem; align-items: flex-start; }
.check .hint { display: block; }
.checks { display: grid; gap: .55rem; }
.columns { display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); }
[role=group].columns { gap: .4rem .6rem; }
fieldset > .hint { margin-top: .6rem; }
fieldset > legend { font-weight: 620; padding: 0; margin-bottom: .6rem; }
.for-chat, .for-template { display: none; }
:has(> .field option:is([value=slack], [value=teams], [value=discord]):checked) > .for-chat, :has(> .field option[value=template]:checked) > .for-template { display: grid; }
.choices { display: grid; gap: .5rem; }
.choice { display: flex; gap: .6rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); background: var(--accent-wash); }
.choice strong { font-weight: 560; }
`
